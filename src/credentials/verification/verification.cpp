// A badge from its bytes to its report, in the order of Open Badges 3.0 §8.3: the format, the proof, the status, the
// dates, the recipient, the endorsements.
#include "spie/credentials/badge.hpp"

#include "credentials/carrier.hpp"
#include "credentials/key_forms.hpp"
#include "credentials/ob2.hpp"
#include "credentials/verification/state.hpp"
#include "spie/json.hpp"
#include "text/words.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <utility>

namespace spie::credentials {

namespace verification {
namespace {

using feel::Kind;
using feel::Value;

constexpr JsonLimits limits{128, most_badge_bytes};
constexpr std::size_t most_inner = 100; // endorsements and badges that one badge holds
constexpr int most_nested = 4;          // an endorsement of an endorser of an endorser…

[[noreturn]] void misused(std::string message, std::string where) {
  throw Error(Diagnostic{Code::api_argument, Level::error, std::move(message), std::move(where)});
}

// The value that stands at a place of a document, with its digits.
json::Verbatim part_of(const json::Verbatim &document, const Value &value, const std::string &place) {
  json::Verbatim part{value, {}};
  for (auto at = document.digits.lower_bound(place); at != document.digits.end() && at->first.starts_with(place); ++at)
    if (at->first.size() > place.size() && at->first[place.size()] == '/')
      part.digits.emplace(at->first.substr(place.size()), at->second);
  return part;
}

Finding of_error(const Error &error, Code code) {
  if (const auto *refusal = dynamic_cast<const Refusal *>(&error))
    return refusal->finding();
  return finding_of(error, code);
}

Rapport examine(const Document &document, const Run &run);

Run within(const Run &run) { return {run.state, run.work, run.depth + 1}; }

// Why a report is not good, for whom it is one line of a larger one.
const Controle *worst_of(const Rapport &report, Etat wanted, const Run &run) {
  const auto found = std::find_if(report.controles.begin(), report.controles.end(), [&](const Controle &one) {
    return one.etat == wanted && run.requires_check(one.nom);
  });
  return found == report.controles.end() ? nullptr : &*found;
}

// An endorsement speaks of what holds it, or of nothing here: the id of the one, and of the other's subject.
std::optional<Words> misplaced(const Value &around, const rules::Inner &inner, const Value &endorsement) {
  const std::size_t last = inner.place.rfind("/endorsement");
  if (last == std::string::npos || inner.place.find('/', last + 1) != inner.place.rfind('/'))
    return std::nullopt; // a credential of a CLR
  const Value *holder = &around;
  for (std::string_view rest = std::string_view(inner.place).substr(0, last); !rest.empty() && holder != nullptr;) {
    const std::size_t end = std::min(rest.find('/', 1), rest.size());
    const std::string_view step = rest.substr(1, end - 1);
    rest.remove_prefix(end);
    if (holder->is(Kind::list)) {
      const std::size_t index = static_cast<std::size_t>(std::strtoul(std::string(step).c_str(), nullptr, 10));
      holder = index < holder->list().size() ? &holder->list()[index] : nullptr;
    } else {
      holder = member(*holder, step);
    }
  }
  const auto types = member(endorsement, "type");
  const bool endorses = types != nullptr && types->is(Kind::list)
                            ? std::ranges::any_of(types->list(),
                                                  [](const Value &one) {
                                                    return one.is(Kind::text) && one.text() == "EndorsementCredential";
                                                  })
                            : types != nullptr && types->is(Kind::text) && types->text() == "EndorsementCredential";
  if (!endorses)
    return Words{"ce qui est donné pour une recommandation n’en est pas une",
                 "what is given as an endorsement is none"};
  if (holder == nullptr || id_of(holder).empty() || id_of(holder) != id_of(member(endorsement, "credentialSubject")))
    return Words{"la recommandation porte sur autre chose que ce qui la contient",
                 "the endorsement speaks of something else than what holds it"};
  return std::nullopt;
}

void tell_inner(Sheet &sheet, const rules::Inner &inner, const Rapport &report, const Run &run,
                const std::optional<Words> &wrong) {
  const Etat doubtful = run.requires_check(Nom::avenants) ? Etat::echec : Etat::avertissement;
  if (wrong && report.verdict != Verdict::invalide) {
    sheet.add(Nom::avenants, doubtful, {Code::badge_warning, Level::warning, inner.place, *wrong, {}});
    return;
  }
  if (report.verdict == Verdict::valide && report.emetteur != Emetteur::prouve) {
    sheet.add(Nom::avenants, Etat::avertissement,
              {Code::badge_warning,
               Level::warning,
               inner.place,
               {"ce que le badge contient de signé tient, mais rien ne prouve de qui il vient",
                "what the badge holds that is signed holds, but nothing proves whom it comes from"},
               {}});
    return;
  }
  if (report.verdict == Verdict::valide) {
    sheet.ok(Nom::avenants, "ce que le badge contient de signé tient", "what the badge holds that is signed holds",
             inner.place);
    return;
  }
  const bool failed = report.verdict == Verdict::invalide;
  const Controle *why = worst_of(report, failed ? Etat::echec : Etat::non_verifie, within(run));
  Finding finding{
      failed ? Code::badge_proof : Code::badge_unavailable,
      Level::error,
      inner.place,
      {"ce que le badge contient de signé ne tient pas", "what the badge holds that is signed does not hold"},
      {}};
  if (why != nullptr) {
    finding.code = why->code.value_or(finding.code);
    finding.where += why->place;
    finding.reason = {why->motif.fr, why->motif.en};
    finding.remedy = {why->remede.fr, why->remede.en};
  }
  sheet.add(Nom::avenants, failed ? doubtful : Etat::non_verifie, finding);
}

void check_inner(Sheet &sheet, const Document &document, const rules::Structure &structure, const Run &run) {
  if (structure.inner.empty()) {
    sheet.ok(Nom::avenants, "le badge ne contient ni recommandation ni autre badge",
             "the badge holds no endorsement and no other badge");
    return;
  }
  if (structure.inner.size() > most_inner) {
    sheet.add(Nom::avenants, Etat::non_verifie,
              {Code::badge_limit,
               Level::error,
               {},
               {"le badge contient trop de recommandations ou d’autres badges",
                "the badge holds too many endorsements or other badges"},
               {}});
    return;
  }
  for (const rules::Inner &inner : structure.inner) {
    // Those that stand in one of these are told with it.
    if (std::any_of(structure.inner.begin(), structure.inner.end(),
                    [&](const rules::Inner &other) { return inner.place.starts_with(other.place + "/"); }))
      continue;
    if (run.depth + 1 >= most_nested) {
      sheet.add(Nom::avenants, Etat::non_verifie,
                {Code::badge_limit,
                 Level::error,
                 inner.place,
                 {"trop de badges se contiennent l’un l’autre", "too many badges stand within one another"},
                 {}});
      continue;
    }
    if (inner.document == nullptr) {
      std::optional<Words> wrong;
      try {
        wrong = misplaced(document.credential->value, inner, read_vc_jwt(inner.jws).credential.value);
      } catch (const Error &) { // told by its report
      }
      tell_inner(sheet, inner, verification::examine(std::string_view(inner.jws), within(run)), run, wrong);
      continue;
    }
    const json::Verbatim part = part_of(*document.credential, *inner.document, inner.place);
    tell_inner(sheet, inner, examine(Document{&part, nullptr}, within(run)), run,
               misplaced(document.credential->value, inner, *inner.document));
  }
}

Rapport examine(const Document &document, const Run &run, Sheet sheet) {
  const Verificateur::Prepared &state = run.state;
  rules::Options options;
  options.contexts = state.contexts;
  const rules::Structure structure = rules::check(*document.credential, options);
  for (const Finding &one : structure.findings)
    // What a nested endorsement lacks is told with it, and once.
    sheet.add(Nom::structure, one);
  if (!document.credential->value.is(Kind::context))
    return std::move(sheet).finish(run);
  const Value &credential = document.credential->value;
  check_proofs(sheet, document, run);
  check_trust(sheet, credential, run);
  check_status(sheet, credential, run);
  check_dates(sheet, credential, state);
  check_recipient(sheet, credential, run);
  check_inner(sheet, document, structure, run);
  if (!sheet.has(Nom::structure))
    sheet.ok(Nom::structure, "le badge suit les règles de son format", "the badge keeps to the rules of its format");
  if (member(credential, "credentialSchema") != nullptr)
    sheet.aside(Nom::structure, "/credentialSchema", "le schéma JSON que le badge nomme n’est pas consulté",
                "the JSON schema that the badge names is not looked at");
  if (member(credential, "refreshService") != nullptr)
    sheet.aside(Nom::statut, "/refreshService", "l’adresse où le badge se renouvelle n’est pas consultée",
                "the address where the badge is refreshed is not looked at");
  return std::move(sheet).finish(run);
}

Rapport examine(const Document &document, const Run &run) { return examine(document, run, Sheet()); }

Rapport unreadable(const Finding &finding, Etat etat, const Run &run, Sheet sheet) {
  sheet.add(Nom::structure, etat, finding);
  return std::move(sheet).finish(run);
}

// Of the badges of an image one is read; who looks at it must know that it says something else too.
void tell_others(Sheet &sheet, std::size_t badges) {
  if (badges < 2)
    return;
  const std::string count = std::to_string(badges);
  sheet.add(Nom::structure, {Code::badge_warning,
                             Level::warning,
                             {},
                             {"l’image porte " + count + " badges\u202f: un seul est vérifié ici, le premier",
                              "the image carries " + count + " badges: one is verified here, the first"},
                             {"Ne tenir pour vérifié que ce que « spie badge extraire » en donne",
                              "Take as verified what 'spie badge extraire' gives of it, and nothing else"}});
}

// Open Badges 2.0: read as JSON, each thing found under its check.
Rapport examine_older(std::string_view bytes, const Run &run, Sheet sheet) {
  const Verificateur::Prepared &state = run.state;
  const Ob2 found = read_ob2(bytes, state.documents, state.now);
  const auto tell = [&](Nom nom, const std::vector<Finding> &findings, std::string fr, std::string en) {
    for (const Finding &one : findings) {
      if (one.code == Code::badge_unavailable && one.level == Level::error)
        sheet.add(nom, Etat::non_verifie, one);
      else
        sheet.add(nom, one);
    }
    if (findings.empty())
      sheet.ok(nom, std::move(fr), std::move(en));
  };
  tell(Nom::structure, found.structure, "le badge suit les règles d’Open Badges 2.0",
       "the badge keeps to the rules of Open Badges 2.0");
  // A description is read for itself; anything else that bears the context is no badge.
  const bool described = found.type == "BadgeClass" || found.type == "Issuer" || found.type == "Profile";
  if (!found.is_assertion && !described && found.type.find(':') == std::string::npos) // a class of somebody's own
    sheet.add(Nom::structure, {Code::badge_structure,
                               Level::error,
                               "/type",
                               {"ce document n’est pas un badge", "this document is no badge"},
                               {}});
  if (found.is_assertion) {
    tell(Nom::preuve, found.proof, "le badge vient de son adresse, ou sa signature tient",
         "the badge comes from its address, or its signature holds");
    tell(Nom::cle, found.key, "rien contre la clé", "nothing against the key");
    tell(Nom::emetteur, found.issuer_findings, "rien contre l’émetteur", "nothing against the issuer");
    tell(Nom::statut, found.status, "aucune révocation", "no revocation");
    tell(Nom::dates, found.dates, "valable à l’instant demandé", "holds at the instant asked");
  } else if (sheet.worst(Nom::structure) != Etat::echec) {
    for (const Nom nom : {Nom::preuve, Nom::cle, Nom::emetteur, Nom::statut, Nom::dates})
      sheet.ok(nom, "sans objet : c’est la description d’un badge, donnée à personne",
               "of no use: it is the description of a badge, given to nobody");
  }
  if (found.issuer_proof)
    sheet.issuer(*found.issuer_proof);
  if (!state.recipient)
    sheet.left(Nom::destinataire, "aucun destinataire n’a été demandé", "no recipient was asked");
  else
    sheet.left(Nom::destinataire, "le destinataire d’un badge d’avant Open Badges 3.0 n’est pas comparé",
               "the recipient of a badge before Open Badges 3.0 is not compared");
  if (!state.trust.given)
    sheet.left(Nom::confiance, "aucune liste de confiance n’a été remise", "no list of trust was handed over");
  sheet.left(Nom::avenants, "les recommandations d’avant Open Badges 3.0 ne sont pas vérifiées",
             "endorsements before Open Badges 3.0 are not verified");
  return std::move(sheet).finish(run);
}

} // namespace

Rapport examine(std::string_view bytes, const Run &run) {
  Sheet sheet;
  try {
    const Extracted found = carried(bytes);
    tell_others(sheet, found.badges);
    const auto older = [](std::optional<Generation> generation) {
      return generation == Generation::ob1 || generation == Generation::ob2;
    };
    if (found.kind != Extracted::Kind::address && older(found.generation))
      return examine_older(found.bytes, run, sheet);
    if (found.kind == Extracted::Kind::address)
      return unreadable(
          {Code::badge_unavailable,
           Level::error,
           {},
           {"l’image ne contient que l’adresse du badge", "the image holds the address of the badge only"},
           {}},
          Etat::non_verifie, run, sheet);
    if (found.kind == Extracted::Kind::jws) {
      VcJwt jwt;
      try {
        jwt = read_vc_jwt(found.bytes);
      } catch (const Error &) { // which the headers of older badges break too
        if (older(extract(found.bytes).generation))
          return examine_older(found.bytes, run, sheet);
        throw;
      }
      if (older(generation_of(jwt.payload.value)))
        return examine_older(found.bytes, run, sheet);
      return examine(Document{&jwt.credential, &jwt}, run, sheet);
    }
    const json::Verbatim document = json::read_verbatim(found.bytes, {}, limits);
    if (older(generation_of(document.value)))
      return examine_older(found.bytes, run, sheet);
    return examine(Document{&document, nullptr}, run, sheet);
  } catch (const Error &error) {
    return unreadable(
        of_error(error, error.first().code == Code::json_limit ? Code::badge_limit : Code::badge_structure),
        Etat::echec, run, sheet);
  }
}

// A JSON-LD context has no member but "@context"; documents of DIDs and credentials have others.
bool is_context_document(std::string_view bytes) {
  if (!trimmed(bytes).starts_with('{'))
    return false;
  try {
    const Value document = json::read_verbatim(bytes, {}, limits).value;
    return document.context().size() == 1 && member(document, "@context") != nullptr;
  } catch (const Error &) {
    return false; // told where it is asked for
  }
}

void vouch(Documents &documents, const std::vector<std::pair<std::string, std::string>> &keys) {
  struct Method {
    std::string id, jwk;
  };
  std::map<std::string, std::vector<Method>> by_controller;
  for (const auto &[id, text] : keys) {
    const std::string controller = id.substr(0, id.find('#'));
    const std::string_view trimmed_text = trimmed(text);
    try {
      const crypto::PublicKey key = read_public_key(trimmed_text);
      // Of an issuer whose key has no name, the one that badges give it most.
      by_controller[controller].push_back(
          {id == controller ? id + "#" + to_multikey(key).value_or("cle") : id, to_jwk(key)});
    } catch (const Error &error) {
      misused("The key of '" + id + "' cannot be read: " + error.first().message, "cles");
    }
  }
  for (const auto &[controller, methods] : by_controller) {
    feel::List listed;
    for (const Method &method : methods)
      listed.emplace_back(feel::Context{{"id", method.id},
                                        {"type", "JsonWebKey"},
                                        {"controller", controller},
                                        {"publicKeyJwk", read_json(method.jwk)}});
    const feel::Context document{{"id", controller}, {"verificationMethod", listed}, {"assertionMethod", listed}};
    const bool taken = documents.held.contains(did_web_address(controller).value_or(controller));
    if (taken || !documents.held.emplace(controller, write_json(Value(document))).second)
      misused("A document and a key are given for '" + controller + "'.", "cles");
  }
}

} // namespace verification

Verificateur::Verificateur(OptionsVerification options) {
  auto state = std::make_unique<Prepared>();
  const auto now = read_instant(options.au);
  if (!now)
    verification::misused("'" + options.au + "' is not an instant with its zone, such as 2026-11-29T08:00:00Z.", "au");
  state->now = *now;
  state->now_text = options.au;
  std::map<std::string, std::string> contexts;
  for (auto &[address, bytes] : options.documents) {
    if (verification::is_context_document(bytes))
      contexts.emplace(address, bytes);
    state->documents.held.emplace(std::move(address), std::move(bytes));
  }
  if (!contexts.empty()) {
    for (const auto &[address, bytes] : contexts)
      state->contexts.push_back(address);
    state->jsonld = jsonld::Contexts::with(contexts);
  }
  state->documents.ask = std::move(options.chercher);
  verification::vouch(state->documents, options.cles);
  for (const Nom nom : options.exiger)
    state->required.push_back(nom);
  if (options.destinataire && options.destinataire->empty())
    verification::misused("The recipient that is asked is empty.", "destinataire");
  state->recipient = std::move(options.destinataire);
  if (state->recipient)
    state->required.push_back(Nom::destinataire); // who asks for one wants it checked
  if (!options.confiance.empty())
    state->trust = verification::read_trust(options.confiance, state->documents, state->now);
  prepared_ = std::move(state);
}

Verificateur::~Verificateur() = default;
Verificateur::Verificateur(Verificateur &&) noexcept = default;
Verificateur &Verificateur::operator=(Verificateur &&) noexcept = default;

Rapport Verificateur::verifier(std::string_view bytes) const {
  rdf::Work work;
  return verification::examine(bytes, {*prepared_, work});
}

} // namespace spie::credentials
