#include "spie/passeport/structure.hpp"

#include "credentials/jwt.hpp"
#include "insertion/parcours/choses.hpp"
#include "insertion/parcours/raisons.hpp"
#include "insertion/passeport/consignation.hpp"
#include "insertion/passeport/lecture.hpp"
#include "insertion/passeport/records_structure.hpp"
#include "insertion/passeport/urn.hpp"
#include "insertion/text_of.hpp"
#include "rules/json/reader.hpp"
#include "spie/credentials/badge.hpp"
#include "spie/credentials/reading.hpp"
#include "spie/droits/genres.hpp"
#include "spie/json.hpp"

#include <algorithm>
#include <array>

namespace spie::passeport {

namespace {

using dossier::Sujet;
using feel::Context;
using feel::Date;
using feel::List;
using feel::Value;

json::Reader rules_of(const Pack &pack) {
  const Value *data = pack.data("badges_structures");
  if (data == nullptr)
    throw Error({Code::pack_role,
                 Level::error,
                 "the pack '" + pack.id() + "' says nothing of badges of structures",
                 "donnees/badges_structures.json",
                 {}});
  return {*data, "donnees/badges_structures.json#", {Code::pack_json}};
}

void refuse(BadgeDeStructure &made, std::string why) {
  made.decision = "refuse";
  made.motifs.push_back(std::move(why));
}

void not_known(BadgeDeStructure &made, std::string why) {
  if (made.decision != "refuse")
    made.decision = "inconnu";
  made.motifs.push_back(std::move(why));
}

// The label in force, and what the pack asks of it: trained professionals, criteria, the commitment of six months.
void by_label(BadgeDeStructure &made, const json::Reader &rule, const parcours::FicheReseau &record, Date on) {
  const auto &label = record.label;
  if (!label || label->etape != "accorde")
    return refuse(made, "Aucun label n’est accordé.");
  made.debut = label->depuis;
  made.fin = label->fin;
  if (!made.fin && made.debut)
    made.fin = made.debut->plus_months(rule.whole("duree_mois").value_or(0));
  if (!label->en_vigueur || (made.fin && *made.fin < on))
    refuse(made, "Le label est échu.");
  std::string told;
  for (const std::string &code : rule.texts("conditions")) {
    const auto found = std::ranges::find(label->conditions, code, &parcours::ConditionLabel::code);
    const std::string words = found == label->conditions.end() ? code : found->libelle;
    told += (told.empty() ? "" : "\u202f; ") + words;
    if (found == label->conditions.end() || found->etat == "inconnu")
      not_known(made, "On ne sait pas si cette condition est remplie : " + words + ".");
    else if (found->etat != "rempli")
      refuse(made, "Cette condition n’est pas remplie : " + words + ".");
  }
  if (!told.empty())
    made.criteres += " " + told + ".";
}

// The roles of the actor that see in clear, by the table alone, where immersions took place and how they ended.
std::vector<std::string> sighted(const droits::Guichet &guichet, const droits::Demande &demande) {
  constexpr std::array<std::string_view, 3> read{"immersion.etape", "immersion.structure", "bilan_immersion.issue"};
  std::vector<std::string> roles;
  for (const std::string &role : demande.acteur.roles)
    if (std::ranges::all_of(read, [&](std::string_view path) {
          return droits::clair_toujours(guichet.droits(), role, demande.finalite, path);
        }))
      roles.push_back(role);
  return roles;
}

bool everybody(const droits::Guichet &guichet, const std::vector<std::string> &roles) {
  return std::ranges::any_of(guichet.droits().roles, [&](const droits::Role &one) {
    return one.relation == droits::Relation::aucune && std::ranges::find(roles, one.nom) != roles.end();
  });
}

// The immersions that it hosted to their end, since a day, of the dossiers that these roles show.
void by_immersions(BadgeDeStructure &made, const json::Reader &rule, droits::Guichet &guichet,
                   const droits::Demande &demande, const Sujet &structure, Date on) {
  const auto roles = sighted(guichet, demande);
  if (roles.empty())
    return not_known(made, "Ce rôle ne voit pas les immersions.");
  const auto since = on.plus_months(-rule.whole("sur_mois").value_or(0)).value_or(on);
  const auto outcomes = rule.texts("issues");
  std::int64_t hosted = 0;
  std::optional<Date> last;
  guichet.parcourir(demande, "badges_structure", on, {}, [&](const droits::Guichet::Passage &one) {
    if (std::ranges::find(roles, one.role) == roles.end())
      return false;
    const dossier::Recueil gathered(guichet.journal(), one.situation.sujet, {{}, demande.instant});
    const dossier::Enonces said = dossier::statements(gathered);
    const auto reviews = parcours::choses(said, "bilan_immersion");
    bool shown = false;
    for (const parcours::Chose &held : parcours::choses(said, "immersion")) {
      if (held.text("structure") != structure.to_string() || held.etape != "terminee")
        continue;
      const parcours::Chose *review = parcours::find(reviews, held.cle);
      const Date end = day_of(held.champs, "date_fin").value_or(held.depuis);
      if (review == nullptr || end < since || on < end || on < review->depuis ||
          std::ranges::find(outcomes, review->text("issue")) == outcomes.end())
        continue;
      ++hosted;
      shown = true;
      if (!last || *last < end)
        last = end;
    }
    return shown;
  });
  if (hosted < rule.whole("immersions_min").value_or(1)) {
    constexpr auto none = "Aucune immersion accueillie jusqu’au bout, avec son bilan, sur la période.";
    return everybody(guichet, roles) ? refuse(made, none) : not_known(made, none);
  }
  made.debut = last;
  made.fin = last->plus_months(rule.whole("duree_mois").value_or(0));
  if (made.fin && *made.fin < on)
    refuse(made, "La dernière immersion accueillie est trop ancienne.");
}

std::vector<BadgeEmis> signed_ones(const dossier::Enonces &said, const std::vector<BadgeDeStructure> &badges, Date on) {
  std::vector<BadgeEmis> list;
  for (const parcours::Chose &one : parcours::choses(said, "badge_structure")) {
    BadgeEmis made{one.cle,
                   one.text("code"),
                   {},
                   one.text("badge"),
                   one.text("empreinte"),
                   one.text("emetteur"),
                   day_of(one.champs, "debut"),
                   day_of(one.champs, "fin"),
                   one.text("liste"),
                   one.text("entree"),
                   one.text("motif")};
    const auto of = std::ranges::find(badges, made.code, &BadgeDeStructure::code);
    made.etat = one.etape == "retire"                            ? "retire"
                : made.fin && *made.fin < on                     ? "echu"
                : of != badges.end() && of->decision == "refuse" ? "a_retirer"
                                                                 : "en_vigueur";
    list.push_back(std::move(made));
  }
  std::ranges::stable_sort(list, {}, &BadgeEmis::debut);
  return list;
}

// One is to be renewed when none is in force, or the last that is ends within the days of the pack.
bool to_renew(const BadgeDeStructure &badge, const std::vector<BadgeEmis> &signed_, std::int64_t days, Date on) {
  if (badge.decision != "delivrable")
    return false;
  std::optional<Date> last;
  for (const BadgeEmis &one : signed_) {
    if (one.code != badge.code || one.etat != "en_vigueur")
      continue;
    if (!one.fin)
      return false;
    last = std::max(last.value_or(*one.fin), *one.fin);
  }
  return !last || last->days - on.days <= days;
}

BadgesStructure all_of(dossier::Journal &journal, droits::Guichet &guichet, const Pack &pack,
                       const droits::Demande &demande, const Sujet &structure, Date on) {
  if (structure.genre != dossier::Genre::structure)
    throw Error({Code::path_request, Level::error, "'" + structure.to_string() + "' is no structure", "/structure",
                 "Name a structure."});
  const json::Reader rules = rules_of(pack);
  const parcours::FicheReseau record = parcours::fiche_reseau(journal, guichet, pack, demande, structure, on);
  const dossier::Recueil gathered(journal, structure, {{}, demande.instant});
  dossier::Enonces said = dossier::statements(gathered);
  for (auto &[type, statements] : said)
    std::erase_if(statements, [&](const dossier::Enonce &one) { return on < one.effet.debut; });
  BadgesStructure made;
  made.structure = record.sujet;
  made.nom = record.nom;
  made.au = on;
  if (const auto own = parcours::choses(said, "structure"); !own.empty())
    made.siret = own.back().text("siret");
  const bool gone = record.depart && *record.depart < on;
  for (const json::Reader &rule : rules.items("badges")) {
    BadgeDeStructure one;
    one.code = rule.text("code");
    one.nom = rule.text("nom");
    one.description = rule.text("description");
    one.criteres = rule.text("criteres");
    one.source = rule.text("source");
    one.decision = "delivrable";
    if (gone)
      refuse(one, "La structure est partie.");
    else if (rule.text("fondement") == "label")
      by_label(one, rule, record, on);
    else
      by_immersions(one, rule, guichet, demande, structure, on);
    made.badges.push_back(std::move(one));
  }
  made.emis = signed_ones(said, made.badges, on);
  const auto all = rules.items("badges");
  for (std::size_t i = 0; i < all.size(); ++i)
    made.badges[i].a_renouveler = to_renew(made.badges[i], made.emis, all[i].whole("renouveler_jours").value_or(0), on);
  return made;
}

Value identity(std::string_view type, std::string value) {
  return Context{{"type", "IdentityObject"},
                 {"hashed", false},
                 {"identityHash", std::move(value)},
                 {"identityType", std::string(type)}};
}

[[noreturn]] void misused(std::string message, std::string where, std::string remedy) {
  throw Error({Code::path_request, Level::error, std::move(message), std::move(where), std::move(remedy)});
}

// The badge, when it may be borne.
const BadgeDeStructure &due(const BadgesStructure &held, const std::string &code) {
  const auto badge = std::ranges::find(held.badges, code, &BadgeDeStructure::code);
  if (badge == held.badges.end())
    misused("the pack has no badge '" + code + "'", "/code", "Name one of the pack's.");
  if (badge->decision != "delivrable")
    throw Error({Code::path_condition, Level::error, "this badge may not be signed for the structure", "/code",
                 "See why, and mend it.", badge->motifs.empty() ? std::string() : badge->motifs.front()});
  return *badge;
}

// Of the subject of a signed badge, the value that names it so; empty when none does in clear.
std::string named_by(const Value &subject, std::string_view type) {
  const Value *list = subject.is(feel::Kind::context) ? subject.context().find("identifier") : nullptr;
  if (list == nullptr || !list->is(feel::Kind::list))
    return {};
  for (const Value &one : list->list())
    if (text_of(one, "identityType") == type) {
      const Value *hashed = one.is(feel::Kind::context) ? one.context().find("hashed") : nullptr;
      return hashed != nullptr && hashed->is(feel::Kind::boolean) && hashed->boolean() ? std::string()
                                                                                       : text_of(one, "identityHash");
    }
  return {};
}

// What was signed is of this structure, by its name and by its SIRET where it has one, and says what the pack says.
void hold_words(std::string_view badge, const BadgesStructure &held, const BadgeDeStructure &of) {
  const Value credential = badge.find('{') == std::string_view::npos ? credentials::read_vc_jwt(badge).credential.value
                                                                     : read_json(badge, "badge");
  const Value nothing{Context()};
  const auto member = [&](const Value &from, std::string_view key) -> const Value & {
    const Value *found = from.is(feel::Kind::context) ? from.context().find(key) : nullptr;
    return found == nullptr ? nothing : *found;
  };
  const Value &subject = member(credential, "credentialSubject");
  for (const auto &[kind, wanted] : {std::pair("ext:SIRET", held.siret), std::pair("name", held.nom)})
    if (const std::string said = named_by(subject, kind); !wanted.empty() && said != wanted)
      parcours::refuser(parcours::Raison::badge_structure_d_une_autre, "/badge", {said});
  const Value &achievement = member(subject, "achievement");
  for (const auto &[said, wanted] :
       {std::pair(text_of(achievement, "name"), of.nom), std::pair(text_of(achievement, "description"), of.description),
        std::pair(text_of(member(achievement, "criteria"), "narrative"), of.criteres)})
    if (said != wanted)
      parcours::refuser(parcours::Raison::badge_structure_autres_mots, "/badge", {said});
}

// Its days and its status are asked about when somebody reads it: here it is signed by who it says, that day at the
// latest.
void hold_proof(std::string_view badge, Date last, credentials::OptionsVerification options) {
  options.au = last.to_string() + "T23:59:59Z";
  const credentials::Rapport report = credentials::Verificateur(options).verifier(badge);
  for (const credentials::Nom name : {credentials::Nom::structure, credentials::Nom::preuve})
    if (report.etat(name) != credentials::Etat::ok) {
      std::string why;
      for (const credentials::Controle &one : report.controles)
        if (one.nom == name && one.etat != credentials::Etat::ok && one.code && why.empty())
          why = text(*one.code);
      parcours::refuser(parcours::Raison::badge_structure_non_valide, "/badge", {why});
    }
}

} // namespace

BadgesStructure badges_structure(dossier::Journal &journal, droits::Guichet &guichet, const Pack &pack,
                                 const droits::Demande &demande, const Sujet &structure, Date au) {
  return all_of(journal, guichet, pack, demande, structure, au);
}

DemandeBadgeStructure read_demande_badge_structure(const Value &value) {
  const json::Reader from(value, "", {Code::path_request});
  from.keys({"code", "id", "sujet", "adresse", "emetteur", "liste", "entree"});
  return {from.text("code"),
          from.text_or_empty("id"),
          from.text_or_empty("sujet"),
          from.text_or_empty("adresse"),
          from.text_or_empty("emetteur"),
          from.text_or_empty("liste"),
          from.text_or_empty("entree")};
}

std::string attestation_structure(dossier::Journal &journal, droits::Guichet &guichet, const Pack &pack,
                                  const droits::Demande &demande, const Sujet &structure, Date au,
                                  const DemandeBadgeStructure &asked) {
  if (asked.liste.empty() != asked.entree.empty())
    misused("a list of status and its entry go together", "/entree", "Give both, or neither.");
  const BadgesStructure held = all_of(journal, guichet, pack, demande, structure, au);
  const BadgeDeStructure &badge = due(held, asked.code);
  const json::Reader rules = rules_of(pack);
  std::string kind;
  for (const json::Reader &rule : rules.items("badges"))
    if (rule.text("code") == asked.code)
      kind = rule.text("type");
  List identifiers{identity("name", held.nom)};
  if (!held.siret.empty())
    identifiers.push_back(identity("ext:SIRET", held.siret));
  Context subject{{"type", List{Value("AchievementSubject")}}, {"identifier", std::move(identifiers)}};
  if (!asked.sujet.empty())
    subject.set("id", asked.sujet);
  subject.set(
      "achievement",
      Context{{"id", asked.adresse.empty() ? urn_of(pack.id() + " " + asked.code)
                                           : asked.adresse + (asked.adresse.ends_with('/') ? "" : "/") + asked.code},
              {"type", List{Value("Achievement")}},
              {"name", badge.nom},
              {"description", badge.description},
              {"achievementType", kind},
              {"criteria", Context{{"narrative", badge.criteres}}}});
  const Value issuer =
      asked.emetteur.empty()
          ? Value("ISSUER")
          : Value(Context{{"id", "ISSUER"}, {"type", List{Value("Profile")}}, {"name", asked.emetteur}});
  Context made{{"@context", List{Value("https://www.w3.org/ns/credentials/v2"),
                                 Value("https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json")}},
               {"id", asked.id.empty() ? urn_of(journal.draw_id()) : asked.id},
               {"type", List{Value("VerifiableCredential"), Value("OpenBadgeCredential")}},
               {"name", badge.nom},
               {"issuer", issuer},
               {"validFrom", std::max(badge.debut.value_or(au), au).to_string() + "T00:00:00Z"}};
  if (badge.fin)
    made.set("validUntil", badge.fin->to_string() + "T23:59:59Z");
  made.set("credentialSubject", std::move(subject));
  if (!asked.liste.empty())
    made.set("credentialStatus", Context{{"id", asked.liste + "#" + asked.entree},
                                         {"type", "BitstringStatusListEntry"},
                                         {"statusPurpose", "revocation"},
                                         {"statusListIndex", asked.entree},
                                         {"statusListCredential", asked.liste}});
  return write_json(made);
}

parcours::ActeFait noter_badge_structure(droits::Guichet &guichet, const Pack &pack, const droits::Demande &demande,
                                         const Sujet &structure, Date effet, const std::string &code,
                                         std::string_view badge, const credentials::OptionsVerification &documents) {
  permettre(guichet, demande, structure, "labelliser", "badge_structure", "emis");
  const credentials::BadgeLu read = credentials::lire_badge(badge);
  const BadgesStructure held = all_of(guichet.journal(), guichet, pack, demande, structure, effet);
  const BadgeDeStructure &of = due(held, code);
  hold_proof(badge, std::max(effet, demande.instant.date()), documents);
  hold_words(badge, held, of);
  Context said{{"code", code},
               {"badge", read.id},
               {"empreinte", read.empreinte},
               {"emetteur", read.emetteur},
               {"debut", Date::parse(read.du.substr(0, 10)).value_or(effet)}};
  if (const auto last = Date::parse(read.au.substr(0, 10)))
    said.set("fin", *last);
  if (!read.liste.empty()) {
    said.set("liste", read.liste);
    said.set("entree", read.entree);
  }
  return consigner(guichet, pack, demande, "badge_structure.emettre", structure, effet, Value(std::move(said)));
}

Value to_value(const BadgesStructure &badges) { return record::to_context(badges); }

} // namespace spie::passeport
