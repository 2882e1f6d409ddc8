// A tool in Node asks whether an expense is eligible, before it is written in the ledger.
//   node eligibilite.mjs LIBSPIE PACK_FOLDER          (npm ci, here, brings koffi)
import koffi from 'koffi';

const [library, folder] = process.argv.slice(2);
const spie = koffi.load(library);

koffi.opaque('spie_pack');
koffi.opaque('spie_decision');
const text = (size) => koffi.array('char', size, 'String');
const spieError = koffi.struct('spie_error', {
  struct_size: 'size_t',
  code: text(8),
  findings: 'int32_t',
  message: text(1024),
  where: text(256),
  remedy: text(256),
});
const free = spie.func('void spie_free(void *text)');
koffi.disposable('spie_text', 'str', free); // copied into a text of JavaScript, then given back

const loadPack = spie.func(
  'int spie_pack_load(_Out_ spie_pack **pack, str folder, void *options, _Inout_ spie_error *error)');
const freePack = spie.func('void spie_pack_free(spie_pack *pack)');
const findDecision = spie.func(
  'int spie_pack_decision(_Out_ spie_decision **decision, spie_pack *pack, str name, _Inout_ spie_error *error)');
const freeDecision = spie.func('void spie_decision_free(spie_decision *decision)');
const evaluateDecision = spie.func(
  'int spie_decision_evaluate(_Out_ spie_text *json, void *length, spie_decision *decision, str facts,' +
  ' size_t factsLength, str date, void *options, _Inout_ spie_error *error)');

// Gives what the function hands over through its first argument, or throws what its error says.
function call(run, ...args) {
  const error = { struct_size: koffi.sizeof(spieError), code: '', findings: 0, message: '', where: '', remedy: '' };
  const out = [null];
  if (run(out, ...args, error) !== 0) throw new Error(`${error.code} ${error.message} (${error.where})`);
  return out[0];
}

const pack = call(loadPack, folder, null);
const decision = call(findDecision, pack, 'verdict_depense');

const expense = {
  date: { '@date': '2022-11-17' },
  action: 'animation_communication',
  nature: 'communication',
  montant: 4320.5,
  axe: '3',
  necessaire: 'oui',
};
for (const line of [expense, { ...expense, nature: 'offre_directe' }, { ...expense, axe: undefined }]) {
  const facts = JSON.stringify({ depense: line });
  const length = Buffer.byteLength(facts); // bytes, not characters
  const json = call((out, ...rest) => evaluateDecision(out, null, ...rest), decision, facts, length, '2023-12-31', null);
  const { statut, valeur, manquants } = JSON.parse(json);
  console.log(valeur === null
    ? `${statut} : il manque ${manquants.join(', ')}`
    : `${valeur.verdict} : ${valeur.motif} (${valeur.article})`);
}
try {
  call(findDecision, pack, 'verdict_depenses');
} catch (error) {
  console.log(error.message);
}
freeDecision(decision);
freePack(pack);
