// What the acts on a passport must hold. They stand here, below the room of the passport, because one mechanism does
// all acts; what each assurance asks for and what a share may hold are data of the pack (donnees/passeport.json).
#include "insertion/dossier/chemin.hpp"
#include "insertion/parcours/mots_retenus.hpp"
#include "insertion/parcours/regles_acte.hpp"
#include "insertion/text_of.hpp"
#include "rules/json/reader.hpp"
#include "spie/dossier/situation.hpp"
#include "spie/nir.hpp"

#include <algorithm>
#include <array>

namespace spie::parcours {

namespace {

using feel::Kind;
using feel::Value;

bool has(const std::vector<std::string> &list, std::string_view word) {
  return std::ranges::find(list, word) != list.end();
}

[[noreturn]] void refuse_content(std::string message, std::string_view field, std::string remedy) {
  throw Error(
      {Code::path_request, Level::error, std::move(message), "/contenu/" + std::string(field), std::move(remedy)});
}

json::Reader rules_of(const Pack &pack) {
  const Value *data = pack.data("passeport");
  if (data == nullptr)
    throw Error({Code::pack_role,
                 Level::error,
                 "the pack '" + pack.id() + "' says nothing of passports",
                 "donnees/passeport.json",
                 {}});
  return {*data, "donnees/passeport.json#", {Code::pack_json}};
}

bool given(const EnCours &act, std::string_view field) {
  const Value *value = act.contenu.find(field);
  return value != nullptr && !value->is_null() && !(value->is(Kind::text) && value->text().empty());
}

void need(const EnCours &act, const std::vector<std::string> &fields, const std::string &what) {
  for (const std::string &field : fields)
    if (!given(act, field))
      refuse_content(what + " must say '" + field + "'", field, "Give it.");
}

void no_nir(const Value &value, const std::string &field) {
  if (value.is(Kind::text) && holds_nir(value.text()))
    refuser(Raison::nir_dans_le_passeport, "/contenu/" + field);
  if (value.is(Kind::list))
    for (const Value &one : value.list())
      no_nir(one, field);
  if (value.is(Kind::context))
    for (const auto &[key, one] : value.context())
      no_nir(one, field);
}

std::optional<feel::Date> day_of(const feel::Context &from, std::string_view field) {
  const Value *value = from.find(field);
  if (value != nullptr && value->is(Kind::date))
    return value->date();
  return value != nullptr && value->is(Kind::text) ? feel::Date::parse(value->text()) : std::nullopt;
}

std::vector<std::string> texts_of(const feel::Context &from, std::string_view field) {
  std::vector<std::string> list;
  if (const Value *value = from.find(field); value != nullptr && value->is(Kind::list))
    for (const Value &one : value->list())
      if (one.is(Kind::text))
        list.push_back(one.text());
  return list;
}

// Whether a field names her, by this dossier or by one that it absorbed.
bool names_herself(const EnCours &act, std::string_view field) {
  const auto named = dossier::Sujet::parse(text_of(act.contenu, field));
  if (!named || named->genre != dossier::Genre::personne)
    return false;
  const auto held_by = [&](const dossier::Sujet &one) {
    return dossier::holder(act.journal, one, {{}, act.demande.instant});
  };
  return *named == act.sujet() || held_by(*named) == held_by(act.sujet());
}

// What a step may say of who vouches, which the person's own word does not.
constexpr std::array of_voucher{"par",   "nom_garant", "qualite",   "vu",    "moyen",      "emetteur",
                                "badge", "statuts",    "expire_le", "liste", "verifie_le", "garantie"};

// What the pack asks of the step that gives an assurance.
void assured(const EnCours &act) {
  const json::Reader rules = rules_of(act.pack);
  for (const json::Reader &one : rules.items("assurances")) {
    if (one.text("etape") != act.transition.vers)
      continue;
    const std::string what = "'" + act.acte.acte + "'";
    need(act, one.texts("exige"), what);
    if (one.boolean("garant") && !given(act, "par") && !given(act, "nom_garant"))
      refuse_content(what + " must name who vouches", "par", "Give 'par', or 'nom_garant'.");
    const auto ways = one.texts("moyens");
    const std::string way = text_of(act.contenu, "moyen");
    if (!ways.empty() && !has(ways, way))
      refuse_content("'" + way + "' gives no such assurance", "moyen", "Give one of the pack's.");
    for (const json::Reader &more : rules.items("exigences_moyens"))
      if (!ways.empty() && more.text("moyen") == way) {
        for (const std::string &field : more.texts("exige"))
          if (!given(act, field) && (act.avant == nullptr || act.avant->text(field).empty()))
            refuse_content("by '" + way + "', " + what + " must say '" + field + "'", field, "Give it.");
        if (more.boolean("verifie") && !act.acte.etabli)
          refuser(Raison::badge_non_verifie, "/contenu/moyen");
      }
  }
  if (names_herself(act, "par"))
    refuse_content("nobody vouches for himself", "par", "Name who saw it.");
  if (const auto checked = day_of(act.contenu, "verifie_le"); checked && act.acte.effet < *checked)
    refuse_content("the proof is checked after the day of the act", "verifie_le", "Give a day that is not after it.");
}

void element_rules(const EnCours &act) {
  for (const auto &[field, value] : act.contenu)
    no_nir(value, field);
  const json::Reader rules = rules_of(act.pack);
  for (const json::Reader &one : rules.items("references"))
    if (given(act, one.text("champ")))
      need(act, one.texts("exige"), "a '" + one.text("champ") + "'");
  const auto from = day_of(act.contenu, "debut"), to = day_of(act.contenu, "fin");
  if (from && to && *to < *from)
    refuse_content("the item ends before it begins", "fin", "Give its last day.");
}

void add(const EnCours &act) {
  element_rules(act);
  if (act.acte.contenu.find("id") != nullptr) // it is shown to roles that see no words of hers
    refuse_content("the number of an item is drawn", "id", "Leave it out.");
  for (const char *field : of_voucher)
    if (given(act, field))
      refuse_content("an item begins with her own word", field, "Confirm it, or guarantee it, by an act of its own.");
  assured(act);
  if (!given(act, "libelle") && !given(act, "code_rome") && !given(act, "certification") && !given(act, "formacode"))
    refuse_content("the item does not say what it is", "libelle", "Give a label or a code.");
}

// A later step adds who vouches and the codes that a professional picks; what was said first stays.
void vouch(EnCours &act) {
  element_rules(act);
  assured(act);
  if (act.transition.vers == "conteste" && !given(act, "motif"))
    refuse_content("a contest says why", "motif", "Give its motive.");
}

// Names the step that falls: one that vouched, and did not fall before.
void fall(EnCours &act) {
  if (!given(act, "motif"))
    refuse_content("what falls says why", "motif", "Give its motive.");
  std::vector<std::string> standing;
  for (const dossier::Enonce *one : act.avant->enonces) {
    const std::string step = text_of(one->contenu(), "etape");
    if (step == "confirme" || step == "garanti")
      standing.push_back(one->origine->id);
    if (step == "tombe")
      std::erase(standing, text_of(one->contenu(), "garantie"));
  }
  const std::string named = text_of(act.contenu, "garantie");
  if (standing.empty())
    refuser(Raison::nul_garant, "/acte", {act.avant->cle});
  if (named.empty() && standing.size() > 1)
    refuse_content("several vouch for '" + act.avant->cle + "'", "garantie", "Name the event of the one that falls.");
  if (!named.empty() && !has(standing, named))
    refuse_content("no such step stands", "garantie", "Name the event of one that vouches.");
  if (named.empty())
    act.contenu.set("garantie", standing.front());
}

// Her agreement is her own, or is written with how it was received: neither passes for the other.
void agreed(EnCours &act) {
  const std::string how = text_of(act.contenu, "accord_recueilli");
  if (act.role == "personne") {
    if (!how.empty() && how != "par_elle")
      refuse_content("she agrees by herself", "accord_recueilli", "Leave it out.");
    act.contenu.set("accord", "oui");
    act.contenu.set("accord_recueilli", "par_elle");
    return;
  }
  if (text_of(act.contenu, "accord") != "oui" || (how != "oral" && how != "ecrit"))
    refuser(Raison::accord_a_recueillir, "/contenu/accord_recueilli");
}

void share(EnCours &act) {
  agreed(act);
  need(act, {"destinataire", "finalite", "fin", "elements"}, "a share");
  const json::Reader rules = rules_of(act.pack).at("partage");
  const auto last = day_of(act.contenu, "fin");
  const auto limit = act.acte.effet.plus_months(rules.whole("duree_max_mois").value_or(0));
  if (!last || *last < act.acte.effet || (limit && *limit < *last))
    refuser(Raison::partage_trop_long, "/contenu/fin", {act.acte.effet, limit.value_or(act.acte.effet)});
  const auto fields = rules.texts("champs");
  std::string all;
  for (const std::string &field : fields)
    all += (all.empty() ? "" : ", ") + field;
  for (const std::string &field : texts_of(act.contenu, "champs"))
    if (!has(fields, field))
      refuser(Raison::champ_hors_partage, "/contenu/champs", {field, all});
  const auto items = choses(act.dits, "element_passeport");
  const auto chosen = texts_of(act.contenu, "elements");
  for (const std::string &key : chosen)
    if (const Chose *item = find(items, key); item == nullptr || item->etape == "retire")
      refuse_content("there is no item '" + key + "' in the passport", "elements", "Pick one that is there.");
  const auto held_back = rules.texts("mots_retenus");
  if (const Value *words = act.contenu.find("mots"); words != nullptr && words->is(Kind::list))
    for (const Value &one : words->list()) {
      no_nir(one, "mots");
      if (!has(chosen, text_of(one, "element")))
        refuse_content("words are typed for an item that is not shared", "mots", "Leave them out.");
      if (holds_word(text_of(one, "texte"), held_back))
        refuser(Raison::mots_de_sante_ou_de_justice, "/contenu/mots");
    }
  no_nir(*act.contenu.find("destinataire"), "destinataire");
}

// Under a share that is open; without one she takes her own passport with her, by her own word or as it was received.
void hand_over(EnCours &act) {
  if (!given(act, "id"))
    act.contenu.set("id", act.journal.draw_id());
  const bool own = !given(act, "partage");
  if (has(rules_of(act.pack).at("partage").texts("formes_signees"), text_of(act.contenu, "forme")) && !act.acte.etabli)
    refuser(Raison::badge_non_signe, "/contenu/forme");
  if (own) {
    const std::string how = text_of(act.contenu, "accord_recueilli");
    if (act.role == "personne" ? !how.empty() && how != "par_elle" : how != "oral" && how != "ecrit")
      refuse_content("she takes her passport when she asks for it", "accord_recueilli",
                     "Say how she asked: 'oral' or 'ecrit'; nothing when it is herself.");
    if (act.role == "personne")
      act.contenu.set("accord_recueilli", "par_elle");
    const auto items = choses(act.dits, "element_passeport");
    for (const std::string &key : texts_of(act.contenu, "elements"))
      if (const Chose *item = find(items, key); item == nullptr || item->etape == "retire")
        refuse_content("there is no item '" + key + "' in the passport", "elements", "Pick one that is there.");
    return;
  }
  if (given(act, "accord_recueilli"))
    refuse_content("she agreed to the share", "accord_recueilli", "Leave it out.");
  const auto shares = choses(act.dits, "partage_passeport");
  const Chose *of = find(shares, text_of(act.contenu, "partage"));
  if (of == nullptr || of->etape != "ouvert")
    refuser(Raison::partage_ferme, "/contenu/partage", {text_of(act.contenu, "partage")});
  const auto last = day_of(of->champs, "fin");
  if (act.acte.effet < of->depuis || (last && *last < act.acte.effet))
    refuser(Raison::partage_fini, "/effet", {of->depuis, last.value_or(act.acte.effet)});
  const auto allowed = texts_of(of->champs, "elements");
  if (!given(act, "elements"))
    act.contenu.set("elements", *of->champs.find("elements"));
  for (const std::string &key : texts_of(act.contenu, "elements"))
    if (!has(allowed, key))
      refuse_content("'" + key + "' is not shared", "elements", "Pick among those of the share.");
}

// A badge is recorded by what signs it, and what revokes it says why.
void issue(const EnCours &act) {
  if (act.transition.vers == "delivre" && !act.acte.etabli)
    refuser(Raison::badge_non_signe, "/acte");
  if (act.transition.vers == "revoque" && !given(act, "motif"))
    refuse_content("a badge that is revoked says why", "motif", "Give its motive.");
}

// Of an item of hers, to somebody who is named.
void ask_endorsement(EnCours &act) {
  agreed(act);
  for (const auto &[field, value] : act.contenu)
    no_nir(value, field);
  need(act, {"element", "qualite"}, "what is asked");
  if (given(act, "a") == given(act, "nom"))
    refuse_content("who is asked is named once", "a", "Give 'a', or 'nom' when the journal does not know him.");
  if (names_herself(act, "a"))
    refuse_content("nobody vouches for himself", "a", "Name who saw it.");
  for (const char *field : {"texte", "avenant", "empreinte", "emetteur", "verifie_le"})
    if (given(act, field))
      refuse_content("what is asked is not yet given", field, "Give it by an act of its own.");
  const auto items = choses(act.dits, "element_passeport");
  const std::string key = text_of(act.contenu, "element");
  if (const Chose *item = find(items, key); item == nullptr || item->etape == "retire")
    refuse_content("there is no item '" + key + "' in the passport", "element", "Pick one that is there.");
}

// By whom was asked, or by who writes down what somebody outside said; words or a signed document.
void endorse(EnCours &act) {
  const std::string asked = act.text("a");
  if (asked.starts_with("professionnel:") && asked != act.demande.acteur.id)
    refuser(Raison::autre_sollicite, "/sujet");
  for (const auto &[field, value] : act.contenu)
    no_nir(value, field);
  if (!given(act, "texte") && !given(act, "avenant"))
    refuse_content("an endorsement says something", "texte", "Give its words, or the signed document.");
  const json::Reader rules = rules_of(act.pack);
  // A signature is told by what verified it, never by hand.
  for (const char *field : {"avenant", "empreinte", "emetteur", "verifie_le"})
    if (given(act, field) && !act.acte.etabli)
      refuser(Raison::avenant_non_verifie, "/contenu/" + std::string(field));
  if (given(act, "avenant"))
    need(act, rules.at("recommandation").texts("exige_signee"), "a signed endorsement");
  if (const auto checked = day_of(act.contenu, "verifie_le"); checked && act.acte.effet < *checked)
    refuse_content("the proof is checked after the day of the act", "verifie_le", "Give a day that is not after it.");
  if (holds_word(text_of(act.contenu, "texte"), rules.at("partage").texts("mots_retenus")))
    refuser(Raison::mots_de_sante_ou_de_justice, "/contenu/texte");
}

void take_back_endorsement(EnCours &act) {
  if (act.role != "personne" && !given(act, "motif"))
    refuse_content("what is taken back says why", "motif", "Give its motive.");
}

} // namespace

void regle_passeport(EnCours &act) {
  const std::string_view name = act.transition.acte;
  if (name == "passeport.ajouter")
    add(act);
  else if (name == "passeport.defaire")
    fall(act);
  else if (name == "passeport.partager")
    share(act);
  else if (name == "passeport.remettre")
    hand_over(act);
  else if (name == "passeport.delivrer" || name == "passeport.revoquer")
    issue(act);
  else if (name == "recommandation.demander")
    ask_endorsement(act);
  else if (name == "recommandation.donner")
    endorse(act);
  else if (name == "recommandation.retirer")
    take_back_endorsement(act);
  else
    vouch(act);
}

} // namespace spie::parcours
