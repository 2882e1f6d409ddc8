// The relay: what it must hold to be asked, accepted, made effective, and what it brings with it (S:851-857,
// S:1330-1360).
#include "insertion/parcours/conditions_relais.hpp"
#include "insertion/parcours/records.hpp"
#include "insertion/parcours/regles_acte.hpp"

#include "insertion/dossier/inconnu.hpp"
#include "insertion/droits/masque.hpp"
#include "insertion/text_of.hpp"
#include "rules/json/reader.hpp"

#include <algorithm>
#include <array>

namespace spie::parcours {

namespace {

constexpr std::array<std::string_view, 5> etats_condition{"rempli", "non_rempli", "inconnu", "dispense", "reserve"};

bool holds(const std::vector<std::string> &names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// oui, non: what is neither is unknown.
feel::Value answer(const feel::Context &from, std::string_view field) {
  const std::string word = text_of(from, field);
  return word == "oui" ? feel::Value(true) : word == "non" ? feel::Value(false) : feel::Value();
}

// The last event that says a diagnostic was made, on or before that day.
feel::Value last_diagnostic(const dossier::Enonces &said, feel::Date au) {
  std::optional<feel::Date> last;
  for (const Chose &one : choses(said, "diagnostic"))
    for (const dossier::Enonce *statement : one.enonces)
      if (statement->effet.debut <= au && (!last || *last < statement->effet.debut))
        last = statement->effet.debut;
  return last ? feel::Value(*last) : feel::Value();
}

// What an instance decided of her since the relay was asked for, by the law's authority and its article, and of which
// she was told by that day.
std::optional<Chose> reoriented(const dossier::Enonces &said, const Chose &relay, feel::Date au) {
  const feel::Date asked = relay.enonces.empty() ? relay.depuis : relay.enonces.front()->effet.debut;
  std::optional<Chose> last;
  for (Chose &one : choses(said, "decision_instance")) {
    const feel::Value *told = one.champs.find("notifie_le");
    if (one.text("nature") == "reorientation" && asked <= one.depuis && !one.text("autorite").empty() &&
        !one.text("article").empty() && told != nullptr && told->is(feel::Kind::date) && told->date() <= au &&
        (!last || last->depuis <= one.depuis))
      last = std::move(one);
  }
  return last;
}

bool held(const dossier::Enonces &said, const std::string &appointment) {
  const auto all = choses(said, "rendez_vous");
  const Chose *found = find(all, appointment);
  return found != nullptr && found->etape == "tenu";
}

struct FaitsRelais {
  feel::Context faits;
  bool has(std::string_view name) const {
    const feel::Value *value = faits.find(name);
    return value != nullptr && value->is_true();
  }
};

FaitsRelais facts_of(dossier::Journal &journal, const dossier::Enonces &said, const Chose &relay, feel::Date au) {
  const feel::Value diagnostic = last_diagnostic(said, au);
  const auto referents = choses(said, "referent");
  const Chose *leaving = find(referents, relay.text("role"));
  return {{{"objet", relay.text("objet")},
           {"informee", answer(relay.champs, "informee")},
           {"accord", answer(relay.champs, "accord")},
           {"accepte", relay.etape == "accepte"},
           {"rendez_vous_tenu", held(said, relay.text("rendez_vous"))},
           {"diagnostic_pose", !diagnostic.is_null()},
           {"date_diagnostic", diagnostic},
           {"date_effet", au},
           {"reorientation", reoriented(said, relay, au).has_value()},
           {"sortant_parti",
            parti(journal, relay.text("de"), leaving == nullptr ? std::string() : leaving->text("structure"), au)}}};
}

} // namespace

std::string_view text(EtatCondition etat) noexcept { return etats_condition[static_cast<std::size_t>(etat)]; }
EtatCondition read_etat_condition(std::string_view text) noexcept {
  const auto found = std::find(etats_condition.begin(), etats_condition.end(), text);
  return found == etats_condition.end() ? EtatCondition::inconnu
                                        : static_cast<EtatCondition>(found - etats_condition.begin());
}

bool parti(dossier::Journal &journal, std::string_view professionnel, std::string_view structure, feel::Date au) {
  for (const std::string_view one : {professionnel, structure})
    if (const auto subject = dossier::Sujet::parse(one); subject && !journal.about(*subject).empty()) {
      const dossier::Recueil gathered(journal, *subject, {});
      for (const Chose &gone : choses(dossier::statements(gathered), "depart"))
        if (const feel::Value *day = gone.champs.find("date");
            day != nullptr && day->is(feel::Kind::date) && day->date() <= au)
          return true;
    }
  return false;
}

ReglagesRelais reglages_relais(const Pack &pack) {
  const feel::Value *data = pack.data("relais");
  if (data == nullptr)
    return {};
  const json::Reader from(*data, "donnees/relais.json#", {Code::pack_json});
  return {from.whole("refus_avant_saisine"), from.boolean("referent_et_coordinateur")};
}

std::vector<ConditionDuPack> conditions_du_pack(const Pack &pack) {
  const feel::Value *data = pack.data("relais");
  if (data == nullptr)
    throw Error({Code::pack_role,
                 Level::error,
                 "the pack '" + pack.id() + "' has no conditions of relays",
                 "donnees/relais.json",
                 {}});
  const json::Reader from(*data, "donnees/relais.json#", {Code::pack_json});
  std::vector<ConditionDuPack> list;
  for (const json::Reader &one : from.items("conditions"))
    list.push_back({one.text("code"), one.text("libelle"), one.text("qui"), one.text("source"), one.texts("objets"),
                    one.texts("lit"), one.text_if_any("dispense")});
  return list;
}

std::vector<ConditionRelais> conditions_relais(dossier::Journal &journal, const Pack &pack,
                                               const dossier::Enonces &dits, const Chose &relais, feel::Date au) {
  const std::string decision = pack.role("conditions_relais");
  if (decision.empty())
    throw Error({Code::pack_role,
                 Level::error,
                 "the pack '" + pack.id() + "' has no decision of role 'conditions_relais'",
                 "pack.json#/roles",
                 {}});
  const FaitsRelais facts = facts_of(journal, dits, relais, au);
  PackEvaluateOptions options;
  options.trace = options.explanation = false;
  const PackResult result = pack.evaluate(decision, feel::Context{{"relais", facts.faits}}, au, options);
  std::vector<ConditionRelais> list;
  for (const ConditionDuPack &one : conditions_du_pack(pack)) {
    if (!holds(one.objets, relais.text("objet")))
      continue;
    ConditionRelais condition{one.code, one.libelle, EtatCondition::inconnu, one.qui, one.source};
    const feel::Value *said = result.value.is(feel::Kind::context) ? result.value.context().find(one.code) : nullptr;
    if (said != nullptr && said->is(feel::Kind::boolean))
      condition.etat = said->is_true() ? EtatCondition::rempli : EtatCondition::non_rempli;
    if (condition.etat != EtatCondition::rempli && !one.dispense.empty() && facts.has(one.dispense))
      condition.etat = EtatCondition::dispense;
    list.push_back(std::move(condition));
  }
  return list;
}

namespace {

bool fulfilled(const ConditionRelais &one) {
  return one.etat == EtatCondition::rempli || one.etat == EtatCondition::dispense;
}

// Nothing that rests on what he does not see is told to him, whatever it is.
void reserve(std::vector<ConditionRelais> &conditions, const droits::Masque &mask, const Pack &pack) {
  const auto all = conditions_du_pack(pack);
  for (ConditionRelais &one : conditions) {
    const auto of_pack =
        std::find_if(all.begin(), all.end(), [&](const ConditionDuPack &other) { return other.code == one.code; });
    if (std::any_of(of_pack->lit.begin(), of_pack->lit.end(), [&](const std::string &path) {
          return mask.judge_under(path).traitement != droits::Traitement::clair;
        }))
      one.etat = EtatCondition::reserve;
  }
}

std::string by_name(const EnCours &act, std::string_view field, const std::string &otherwise) {
  const std::string given = act.text(field);
  return given.empty() ? otherwise : given;
}

void ask(EnCours &act) {
  const std::string object = by_name(act, "objet", "referent");
  act.contenu.set("objet", object);
  act.contenu.set("demandeur", act.demande.acteur.id);
  if (act.text("motif").empty())
    refuser(Raison::relais_sans_motif, "/contenu/motif");
  const std::string role = by_name(act, "role", "referent_unique");
  act.contenu.set("role", role);
  const auto leaders = choses(act.dits, "referent");
  const Chose *leading = find(leaders, role);
  const std::string in_force = leading != nullptr && leading->etape == "nomme" ? leading->text("professionnel") : "";
  if (object == "referent" || object == "structure") {
    if (in_force.empty() && act.text("de").empty())
      refuser(Raison::personne_a_relayer, "/contenu/role", {role});
    if (act.text("de").empty())
      act.contenu.set("de", in_force);
    const std::string to = act.text("vers");
    if (to.empty())
      refuser(Raison::relais_sans_receveur, "/contenu/vers");
    if (!in_force.empty() && act.text("de") != in_force)
      refuser(Raison::autre_sortant, "/contenu/de", {act.text("de"), in_force});
    if (to == act.text("de"))
      refuser(Raison::relais_a_soi, "/contenu/vers");
    if (const auto subject = dossier::Sujet::parse(to); subject && act.journal.about(*subject).empty())
      dossier::refuse_unknown(*subject);
  } else if (act.text(object).empty()) {
    refuser(Raison::relais_sans_objet, "/contenu/" + object, {object});
  }
  for (const Chose &other : choses(act.dits, "relais"))
    if ((other.etape == "demande" || other.etape == "accepte") && other.text("objet") == object &&
        other.text("role") == role)
      refuser(Raison::relais_en_cours, "/acte");
}

// Whose word it is: hers, given by herself or written down by somebody else, never mixed up.
void check_agreement(EnCours &act) {
  if (text_of(act.contenu, "accord").empty())
    return;
  const bool herself = act.role == "personne";
  std::string how = text_of(act.contenu, "accord_recueilli");
  if (how.empty() && herself) {
    how = "par_elle";
    act.contenu.set("accord_recueilli", how);
  }
  if (how.empty())
    refuser(Raison::accord_sans_recueil, "/contenu/accord_recueilli");
  if ((how == "par_elle") != herself)
    refuser(Raison::accord_par_elle, "/contenu/accord_recueilli");
}

void check_receiver(const EnCours &act) {
  if (act.avant->text("vers") != act.demande.acteur.id)
    refuser(Raison::autre_receveur, "/sujet");
}

// So many refusals since the last naming, this one among them: the situation has no solution, and an instance is to
// know.
void count_refusals(EnCours &act) {
  const auto most = reglages_relais(act.pack).refus_avant_saisine;
  if (!most)
    return;
  feel::Date since{};
  for (const Chose &one : choses(act.dits, "referent"))
    if (one.cle == act.avant->text("role"))
      since = one.depuis;
  std::int64_t refusals = 1;
  for (const Chose &one : choses(act.dits, "relais"))
    refusals += one.etape == "refuse" && one.text("role") == act.avant->text("role") && since <= one.depuis ? 1 : 0;
  for (const Chose &one : choses(act.dits, "saisine"))
    if (one.text("motif") == "sans_solution" && (one.etape == "deposee" || one.etape == "inscrite"))
      return;
  if (refusals < *most)
    return;
  act.suites.push_back(
      act.suite("saisine", {{"id", act.journal.draw_id()}, {"etape", "deposee"}, {"motif", "sans_solution"}}));
  act.avertissements.push_back(
      {Code::path_warning,
       Level::warning,
       "it is the refusal number " + std::to_string(refusals) + ": a referral without solution was recorded",
       {},
       "Bring it before an instance.",
       "c'est le refus n° " + std::to_string(refusals) + " : une saisine sans solution est enregistrée"});
}

void check_conditions(EnCours &act, const Chose &relay) {
  const auto conditions = conditions_relais(act.journal, act.pack, act.dits, relay, act.acte.effet);
  std::vector<Diagnostic> missing;
  feel::List waived;
  for (const ConditionRelais &one : conditions) {
    if (one.etat == EtatCondition::dispense)
      waived.emplace_back(one.code);
    if (!fulfilled(one))
      missing.push_back({Code::path_condition, Level::error,
                         "the condition '" + one.code + "' is " + std::string(text(one.etat)),
                         "/conditions/" + one.code, "It can be given by: " + one.qui + ".", one.libelle, one.qui});
  }
  if (!missing.empty())
    throw Error(std::move(missing));
  if (waived.empty())
    return;
  act.contenu.set("dispenses", waived);
  if (const auto decided = reoriented(act.dits, relay, act.acte.effet); decided && !decided->enonces.empty())
    act.contenu.set("fonde_sur", feel::List{feel::Value(decided->enonces.back()->actuel->id)});
  act.avertissements.push_back({Code::path_warning,
                                Level::warning,
                                "the relay is effective with waived conditions",
                                {},
                                "Renew the diagnostic with the person.",
                                "des conditions sont dispensées : renouveler le diagnostic avec la personne"});
}

void bring_into_effect(EnCours &act) {
  Chose relay = *act.avant;
  for (const auto &[field, value] : act.contenu)
    relay.champs.set(field, value);
  check_conditions(act, relay);
  const std::string object = relay.text("objet"), to = relay.text("vers"), structure = relay.text("structure");
  if (object == "referent" || object == "structure") {
    // The outgoing one is ended by name, whichever source named him.
    if (!relay.text("de").empty())
      act.suites.push_back(act.suite(
          "referent", {{"role", relay.text("role")}, {"etape", "termine"}, {"professionnel", relay.text("de")}}));
    feel::Context naming{{"role", relay.text("role")}, {"etape", "nomme"}, {"professionnel", to}};
    if (!structure.empty())
      naming.set("structure", structure);
    act.suites.push_back(act.suite("referent", std::move(naming)));
  }
  if (object != "referent") {
    feel::Context next;
    for (const Chose &one : choses(act.dits, "accompagnement"))
      next = one.champs;
    for (const char *field : {"structure", "dispositif", "modalite"})
      if (!relay.text(field).empty())
        next.set(field, relay.text(field));
    next.set("motif", "bascule");
    act.suites.push_back(act.suite("accompagnement", std::move(next)));
  }
}

} // namespace

void regle_relais(EnCours &act) {
  const std::string_view name = act.transition.acte;
  check_agreement(act);
  if (name == "relais.demander") {
    ask(act);
  } else if (name == "relais.accepter" || name == "relais.refuser") {
    check_receiver(act);
    if (name == "relais.refuser")
      count_refusals(act);
  } else if (name == "relais.effectuer") {
    bring_into_effect(act);
  }
}

std::vector<EtatRelais> etat_relais(dossier::Journal &journal, droits::Guichet &guichet, const Pack &pack,
                                    const droits::Droits &rights, const dossier::Regles &rules,
                                    const droits::Demande &demand, const dossier::Sujet &person) {
  const feel::Date today = droits::jour_de(demand.instant);
  const droits::Vue view = guichet.voir(demand, person, today); // refused, and noted, as any view
  const droits::Masque mask(journal, person, demand, rights, rules);
  const dossier::Recueil gathered(journal, person, {{}, demand.instant});
  const dossier::Enonces said = dossier::statements(gathered);
  std::vector<EtatRelais> list;
  for (const Chose &relay : choses(said, "relais")) {
    const dossier::TypeContenu &type = *dossier::find_type("relais");
    if (mask.judge({false, &type, relay.cle, "etape"}).traitement != droits::Traitement::clair)
      continue;
    const bool whole = mask.judge({false, &type, relay.cle, "texte"}).traitement == droits::Traitement::clair;
    const auto shown = [&](const char *field) {
      const feel::Value *value = relay.champs.find(field);
      return value != nullptr &&
                     mask.judge({false, &type, relay.cle, field}, {}, value).traitement == droits::Traitement::clair
                 ? relay.text(field)
                 : std::string();
    };
    EtatRelais state{whole ? relay.cle : std::string(),
                     relay.etape,
                     shown("objet"),
                     shown("role"),
                     shown("de"),
                     shown("vers"),
                     shown("motif"),
                     relay.depuis,
                     {},
                     false,
                     {},
                     {},
                     {},
                     {}};
    const auto seen = [&](const char *kind, const Chose &thing, const char *field) {
      const feel::Value *value = thing.champs.find(field);
      return value != nullptr &&
             mask.judge({false, dossier::find_type(kind), thing.cle, field}, {}, value).traitement ==
                 droits::Traitement::clair;
    };
    if (seen("relais", relay, "accord"))
      state.accord = relay.text("accord");
    if (seen("relais", relay, "accord_recueilli"))
      state.accord_recueilli = relay.text("accord_recueilli");
    if (seen("relais", relay, "dispenses") && relay.champs.find("dispenses")->is(feel::Kind::list))
      for (const feel::Value &one : relay.champs.find("dispenses")->list())
        state.dispenses.push_back(one.text());
    const bool under_way = relay.etape == "demande" || relay.etape == "accepte";
    if (const auto decided = reoriented(said, relay, today);
        decided && (under_way || holds(state.dispenses, "accord_personne")) &&
        seen("decision_instance", *decided, "nature") && seen("decision_instance", *decided, "autorite"))
      state.reorientation = ReorientationLue{decided->text("autorite"), decided->text("article"),
                                             decided->champs.find("notifie_le")->date(), decided->depuis};
    if (under_way) {
      state.conditions = conditions_relais(journal, pack, said, relay, today);
      state.possible = std::all_of(state.conditions.begin(), state.conditions.end(), fulfilled);
      reserve(state.conditions, mask, pack);
      if (std::any_of(state.conditions.begin(), state.conditions.end(),
                      [](const ConditionRelais &one) { return one.etat == EtatCondition::reserve; }))
        state.possible = false; // it would tell them
    }
    list.push_back(std::move(state));
  }
  return list;
}

feel::Value to_value(const EtatRelais &etat) { return record::to_context(etat); }
feel::Value to_value(const std::vector<EtatRelais> &etats) {
  feel::List list;
  for (const EtatRelais &one : etats)
    list.push_back(to_value(one));
  return list;
}

} // namespace spie::parcours
