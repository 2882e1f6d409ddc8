// The moments at which a path may break. What each hits is keyed by hand from the sentences of docs/vigilance.md; the
// decisions alone have their cases in the pack.
#include "tests/droits/scene.hpp"

#include "spie/droits/genres.hpp"
#include "spie/parcours/vigilance.hpp"

#include <algorithm>
#include <regex>

using namespace spie;
using namespace spie::parcours;
using namespace spie::testing;

namespace {

std::shared_ptr<const Pack> convention_pack() {
  static const auto pack = Pack::load(std::string(SPIE_SOURCE_DIR) + "/packs/seine-et-marne-2022-2023");
  return pack;
}
const ReglesVigilance &rules() {
  static const ReglesVigilance read(convention_pack());
  return read;
}

Vigilance target(dossier::Journal &journal, std::string_view on = "2022-06-01",
                 const std::vector<std::string> &moments = {}) {
  return rules().cibler(journal, {}, {day(on), {}, moments, {}});
}

// "sans_contact 2022-01-10, …", in the order of the moments' names.
std::string hits(const Vigilance &found) {
  std::vector<std::string> list;
  for (const Alerte &one : found.alertes)
    list.push_back(one.moment + (one.depuis ? " " + one.depuis->to_string() : ""));
  std::ranges::sort(list);
  std::string text;
  for (const std::string &one : list)
    text += (text.empty() ? "" : ", ") + one;
  return text;
}

const std::string a = "personne:aline";
const Event entry{a, "entree", R"({"motif": "orientation"})", "2022-05-01"};
const Event named{a, "referent",
                  R"({"role": "referent_unique", "etape": "nomme", "professionnel": "professionnel:rene",
                      "structure": "structure:s"})",
                  "2022-05-01", "carnet"};
const Event diagnosed{a, "diagnostic", R"({"id": "d", "etape": "pose", "accord": "oui"})", "2022-05-01"};

// Each journal draws its keys, and pseudonyms with them.
std::string steady(const Vigilance &found) {
  static const std::regex pseudonym("p-[0-9a-f]{32}");
  return std::regex_replace(write_json(to_value(found, true)), pseudonym, "p");
}

// Entered on 1 May, followed and diagnosed since: nothing to say of her on 1 June, but what `more` brings.
std::string with(const std::vector<Event> &more, std::string_view on = "2022-06-01") {
  const auto journal = store::open_memory();
  record(*journal, "2022-05-01", {entry, named, diagnosed});
  if (!more.empty())
    record(*journal, "2022-05-30", more);
  return hits(target(*journal, on));
}

} // namespace

TEST_CASE("the pack has the twenty moments, each said", "[parcours][vigilance]") {
  CHECK(rules().moments().size() == 20);
  for (const MomentVigilance &one : rules().moments()) {
    INFO(one.nom);
    CHECK_FALSE(rules().chemins(one.nom).empty());
    CHECK((one.delai == "aucun" || convention_pack()->find_parameter(one.delai) != nullptr));
  }
}

TEST_CASE("each moment is hit by the events that it is about", "[parcours][vigilance]") {
  CHECK(with({}).empty());
  CHECK(with({}, "2022-08-02") == "sans_contact 2022-05-01, sans_prescription 2022-08-01");
  const Event absent{a, "rendez_vous", R"({"id": "1", "etape": "absent"})", "2022-05-10"};
  const Event absent_again{a, "rendez_vous", R"({"id": "2", "etape": "absent"})", "2022-05-20"};
  CHECK(with({absent}).empty());
  CHECK(with({absent, absent_again}) == "absences 2022-05-20");
  CHECK(with({absent, absent_again, {a, "rendez_vous", R"({"id": "3", "etape": "tenu"})", "2022-05-21"}}).empty());
  const Event asked{a, "relais", R"({"id": "L", "etape": "demande", "objet": "referent"})", "2022-05-10"};
  CHECK(with({asked}) == "relais_en_attente 2022-05-10");
  CHECK(with({asked, {a, "relais", R"({"id": "L", "etape": "refuse"})", "2022-05-20"}}) == "relais_refuse 2022-05-20");
  CHECK(with({{"professionnel:rene", "depart", R"({"date": {"@date": "2022-05-20"}})", "2022-05-20"}}) ==
        "referent_parti 2022-05-20");
  CHECK(with({{"structure:s", "depart", R"({"date": {"@date": "2022-05-21"}})", "2022-05-21"}}) ==
        "referent_parti 2022-05-21");
  CHECK(
      with({{a, "referent", R"({"role": "referent_unique", "etape": "termine", "professionnel": "professionnel:rene"})",
             "2022-05-10"}}) == "sans_referent 2022-05-10");
  CHECK(with({{a, "referent", R"({"role": "referent_unique", "etape": "nomme", "professionnel": "professionnel:maud"})",
               "2022-05-12", "caf.vrsb"}}) == "deux_referents 2022-05-12");
  CHECK(with({{a, "statut", R"({"code": "ass", "reponse": "oui", "date_fin_prevue": {"@date": "2022-06-20"}})",
               "2022-05-01"}}) == "droit_bientot_fini 2022-04-21");
  CHECK(with({{a, "appartenance", R"({"foyer": "foyer:f"})", "2022-05-01"},
              {"foyer:f", "droit_rsa", R"({"etat": "4", "date_cloture": {"@date": "2022-05-15"}})", "2022-05-15"}}) ==
        "droit_fini 2022-05-15");
  CHECK(with({{a, "action", R"({"id": "1", "etape": "prescrite", "theme": "mobilite"})", "2022-05-01"}}) ==
        "action_sans_suite 2022-05-01");
  const std::string care = R"({"id": "1", "etape": "demarree", "theme": "contraintes_familiales")";
  CHECK(with({{a, "action", care + R"(, "date_fin_prevue": {"@date": "2022-06-15"}})", "2022-05-20"}}) ==
        "garde_bientot_finie 2022-05-16");
  CHECK(with({{a, "adresse", R"({"code_commune": "77180"})", "2022-01-01"},
              {a, "adresse", R"({"code_commune": "77215"})", "2022-05-10"}})
            .empty()); // of the same intercommunalité
  CHECK(with({{a, "adresse", R"({"code_commune": "77180"})", "2022-01-01"},
              {a, "adresse", R"({"code_commune": "77003"})", "2022-05-10"}}) == "demenagement 2022-05-10");
  CHECK(with({{a, "emploi", R"({"id": "e", "etape": "trouve"})", "2022-05-02"}}, "2022-06-02") ==
        "emploi_sans_suivi 2022-06-01");
  CHECK(with({{a, "saisine", R"({"id": "s", "etape": "etudiee", "instance": "instance:i"})", "2022-05-10"}}) ==
        "session_sans_suite 2022-05-10");
  // Entered in a session of 12 May, which was held, cancelled, decided, or of which nothing is recorded.
  const std::string entered = R"({"id": "s", "etape": "inscrite", "instance": "instance:i", "session": "2022-05-12"})";
  const auto held = [&](const std::string &step, const std::vector<Event> &more = {}) {
    std::vector<Event> all{
        {a, "saisine", entered, "2022-05-02"},
        {"instance:i", "session", R"({"id": "2022-05-12", "etape": "fixee", "date": {"@date": "2022-05-12"}})",
         "2022-04-20"},
        {"instance:i", "session", R"({"id": "2022-05-12", "etape": ")" + step + R"("})", "2022-05-12"}};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  };
  CHECK(with(held("tenue")) == "session_sans_suite 2022-05-12");
  CHECK(with(held("tenue"), "2022-05-27").empty()); // the fifteenth day
  CHECK(with(held("tenue"), "2022-05-28") == "session_sans_suite 2022-05-12");
  CHECK(with(held("annulee")).empty());
  CHECK(with(held("tenue", {{a, "decision_instance", R"({"saisine": "s", "nature": "maintien"})", "2022-05-20"},
                            {a, "saisine", R"({"id": "s", "etape": "etudiee"})", "2022-05-20"}}))
            .empty());
  CHECK(with({{a, "saisine", entered, "2022-05-02"}}).empty()); // to be checked
  CHECK(with({{a, "immersion", R"({"id": "i", "etape": "terminee", "date_fin": {"@date": "2022-05-10"}})",
               "2022-05-10"}}) == "immersion_sans_bilan 2022-05-10");
}

TEST_CASE("a path that begins without what it needs is told", "[parcours][vigilance]") {
  const auto journal = store::open_memory();
  record(*journal, "2022-05-30",
         {entry,
          {"personne:driss", "membre", R"({"professionnel": "professionnel:maud", "role": "cip", "etape": "commence"})",
           "2022-05-01"}});
  CHECK(hits(target(*journal)) == "sans_diagnostic 2022-05-31, sans_entree, sans_referent 2022-05-01");
  record(*journal, "2022-05-31", {diagnosed});
  CHECK(hits(target(*journal, "2022-11-02", {"diagnostic_perime"})) == "diagnostic_perime 2022-11-01");
  record(*journal, "2022-06-01", {{a, "emploi", R"({"id": "e", "etape": "trouve"})", "2022-05-15"}});
  CHECK(hits(target(*journal, "2022-11-01", {"suivi_bientot_fini"})) == "suivi_bientot_fini 2022-10-16");
  CHECK(hits(target(*journal, "2022-11-16", {"suivi_bientot_fini"})).empty());
  // Out of her path, none of its delays runs.
  record(*journal, "2022-06-02", {{a, "sortie", R"({"motif": "emploi"})", "2022-06-02"}});
  CHECK(hits(target(*journal, "2022-11-02", {"diagnostic_perime", "sans_referent"})).empty());
}

TEST_CASE("what is not known is to be checked, and what was taken up stays counted, last", "[parcours][vigilance]") {
  const auto journal = store::open_memory();
  record(*journal, "2022-05-30",
         {entry,
          named,
          diagnosed,
          {a, "adresse", R"({"code_commune": "77180"})", "2022-01-01"},
          {a, "action", R"({"id": "1", "etape": "demarree", "theme": "contraintes_familiales"})", "2022-05-20"},
          {a, "relais", R"({"id": "L", "etape": "demande", "objet": "referent"})", "2022-05-10"},
          {a, "saisine", R"({"id": "s", "etape": "etudiee", "instance": "instance:i"})", "2022-05-10"}});
  Vigilance found = target(*journal);
  REQUIRE(found.a_verifier.size() == 1);
  CHECK(found.a_verifier.front().moment == "garde_bientot_finie");
  CHECK(found.a_verifier.front().manquants == std::vector<std::string>{"gardes[1].fin"});
  REQUIRE(found.alertes.size() == 2);
  CHECK(found.alertes.front().moment == "relais_en_attente"); // of one level and one day: by name
  CHECK(found.alertes.front().referent == "professionnel:rene");
  CHECK(found.alertes.front().structure == "structure:s");
  record(*journal, "2022-05-31",
         {{a, "suite_vigilance",
           R"({"moment": "relais_en_attente", "decision": "contact",
                                       "jusqu_au": {"@date": "2022-06-10"}})",
           "2022-05-31"}});
  found = target(*journal);
  CHECK(found.alertes.back().moment == "relais_en_attente");
  CHECK(found.alertes.back().traite);
  CHECK(found.comptes.at("relais_en_attente") == 1);
  CHECK(target(*journal, "2022-06-10").alertes.back().traite);
  CHECK_FALSE(target(*journal, "2022-06-11").alertes.front().traite);
  // Only those of a structure.
  CHECK(rules().cibler(*journal, {}, {day("2022-06-01"), {}, {}, "structure:autre"}).alertes.empty());
  CHECK(rules().cibler(*journal, {}, {day("2022-06-01"), {}, {}, "structure:s"}).alertes.size() == 2);
  CHECK(refusal([&] { target(*journal, "2022-06-01", {"sans_contacte"}); }) == "Q001 at moment");
}

TEST_CASE("an actor is told of the moments whose facts his role sees whatever a dossier holds",
          "[parcours][vigilance]") {
  Scene scene;
  record(*scene.journal, "2022-03-06", {diagnosed});
  const auto asked = [&](const std::string &role, const std::string &purpose) {
    return rules().cibler(scene.guichet, ask(role, purpose), {day("2022-06-01"), {}, {}, {}});
  };
  const Vigilance referent = asked("referent", "accompagnement");
  CHECK(referent.moments_non_vus.empty());
  CHECK(referent.comptes.size() == 20);
  CHECK_FALSE(referent.oppositions);
  CHECK(hits(referent) == hits(target(*scene.journal))); // he follows the only one
  CHECK(scene.entries().back().operation == "vigilance");
  CHECK(scene.entries().back().dossiers == std::vector<dossier::Sujet>{scene.aline});
  // Of health, a member sees a group: the statuses and the themes that may be of it are not looked at for him.
  const Vigilance membre = asked("membre", "accompagnement");
  // docs/vigilance.md says why of each.
  CHECK(membre.moments_non_vus == std::vector<std::string>{"droit_bientot_fini", "droit_fini", "garde_bientot_finie",
                                                           "demenagement", "session_sans_suite",
                                                           "immersion_sans_bilan"});
  CHECK(std::ranges::find(membre.moments_non_vus, "droit_bientot_fini") != membre.moments_non_vus.end());
  CHECK(std::ranges::find(membre.moments_non_vus, "garde_bientot_finie") != membre.moments_non_vus.end());
  CHECK(membre.comptes.contains("relais_en_attente"));
  // That somebody entered, and when, is read without the motive, which may be a free text.
  CHECK(membre.comptes.contains("sans_contact"));
  for (const Alerte &one : membre.alertes)
    CHECK(std::ranges::find(membre.moments_non_vus, one.moment) == membre.moments_non_vus.end());
  // The controller sees the relays and who leads, and how many dossiers are held back.
  const Vigilance gestion = asked("gestionnaire", "gestion");
  CHECK(gestion.oppositions == std::optional<std::size_t>(0));
  CHECK(gestion.comptes.contains("relais_en_attente"));
  CHECK_FALSE(gestion.comptes.contains("sans_contact"));
  // Somebody without a tie is told nothing.
  const Vigilance stranger = rules().cibler(
      scene.guichet,
      {{"professionnel:x", "", {"referent"}}, "accompagnement", instant("2022-06-01T08:00:00Z"), std::nullopt},
      {day("2022-06-01"), {}, {}, {}});
  CHECK(stranger.alertes.empty());
  CHECK(stranger.a_verifier.empty());
}

TEST_CASE("what a role may not see moves nothing that it is told, counts included", "[parcours][vigilance]") {
  const auto told = [](const std::vector<Event> &more, const std::string &role, const std::string &purpose) {
    Scene scene;
    record(*scene.journal, "2022-03-06", more);
    return steady(rules().cibler(scene.guichet, ask(role, purpose), {day("2022-06-01"), {}, {}, {}}));
  };
  const std::string d = "2022-03-06";
  for (const auto &[role, purpose] : {std::pair{"membre", "accompagnement"},
                                      {"responsable_structure", "encadrement"},
                                      {"pilote", "pilotage"},
                                      {"gestionnaire", "gestion"},
                                      {"evaluateur", "evaluation"},
                                      {"pressenti", "accompagnement"}}) {
    INFO(role);
    const std::string base = told({{a, "contact", R"({"telephones": ["0100000001"]})", d}}, role, purpose);
    CHECK(base ==
          told({{a, "contact", R"({"telephones": ["0100000001"]})", d},
                {a, "statut", R"({"code": "rqth", "reponse": "oui", "date_fin_prevue": {"@date": "2022-06-10"}})", d}},
               role, purpose));
    CHECK(base == told({{a, "contact", R"({"telephones": ["0100000001"]})", d},
                        {a, "revenu", R"({"nature": "021", "mois": "2022-03", "montant": 12})", d}},
                       role, purpose));
  }
}

TEST_CASE("a motive in free words moves nothing of what is told to who may not read it", "[parcours][vigilance]") {
  const std::string d = "2022-03-01";
  const auto told = [&](const std::vector<Event> &more, const std::string &role, const std::string &purpose) {
    Scene scene;
    std::vector<Event> others{{"personne:bea", "membre",
                               R"({"professionnel": "professionnel:maud", "role": "cip", "etape": "commence",
                                   "structure": "structure:s"})",
                               d}};
    for (Event one : more) {
      one.about = "personne:bea";
      others.push_back(one);
    }
    record(*scene.journal, "2022-03-06", others);
    return rules().cibler(scene.guichet, ask(role, purpose), {day("2022-06-10"), {}, {}, {}});
  };
  const auto of_bea = [](const Vigilance &found) {
    std::string text;
    for (const Alerte &one : found.alertes)
      if (one.personne.id == "bea")
        text += one.moment + " ";
    return text;
  };
  const auto entered = [&](const std::string &motive) {
    return std::vector<Event>{{a, "entree", R"({"motif": ")" + motive + R"("})", d}};
  };
  for (const auto &[role, purpose] :
       {std::pair{"membre", "accompagnement"}, {"responsable_structure", "encadrement"}}) {
    INFO(role);
    const auto json = [&](const std::vector<Event> &more) {
      return write_json(to_value(told(more, role, purpose), true));
    };
    // Neither what the words are, nor whether they are a code.
    CHECK(json(entered("elle sort de prison")) == json(entered("elle boit")));
    CHECK(json(entered("elle sort de prison")) == json(entered("orientation")));
    CHECK(of_bea(told(entered("elle boit"), role, purpose)).find("sans_diagnostic") != std::string::npos);
    CHECK(of_bea(told({}, role, purpose)).find("sans_entree") != std::string::npos);
    CHECK(of_bea(told(entered("elle boit"), role, purpose)).find("sans_entree") == std::string::npos);
    // Gone in free words is gone.
    auto gone = entered("orientation");
    gone.push_back({a, "sortie", R"({"motif": "elle a été incarcérée"})", "2022-04-01"});
    auto left = entered("orientation");
    left.push_back({a, "sortie", R"({"motif": "abandon"})", "2022-04-01"});
    CHECK(json(gone) == json(left));
    CHECK(of_bea(told(gone, role, purpose)).find("sans_diagnostic") == std::string::npos);
    // What a decision holds back is not known to be there.
    auto closed = entered("elle boit");
    closed.push_back(
        {a, "decision_donnees", R"({"genre": "limitation", "etape": "acceptee", "objets": ["entree"]})", d});
    std::vector<Event> never{
        {a, "decision_donnees", R"({"genre": "limitation", "etape": "acceptee", "objets": ["entree"]})", d}};
    CHECK(json(closed) == json(never));
  }
}

TEST_CASE("dossiers that a decision on the data holds back are counted for the controller alone",
          "[parcours][vigilance]") {
  const std::string d = "2022-03-06";
  const std::vector<std::pair<std::string, std::string>> others{
      {"referent", "accompagnement"}, {"membre", "accompagnement"},   {"responsable_structure", "encadrement"},
      {"pilote", "pilotage"},         {"evaluateur", "evaluation"},   {"pressenti", "accompagnement"},
      {"animateur", "instance"},      {"membre_instance", "instance"}};
  const auto decided = [&](const std::string &content) {
    return std::vector<Event>{{a, "decision_donnees", content, d}};
  };
  const auto told = [&](const std::vector<Event> &more, const std::string &role, const std::string &purpose) {
    Scene scene;
    if (!more.empty())
      record(*scene.journal, d, more);
    return rules().cibler(scene.guichet, ask(role, purpose), {day("2022-06-01"), {}, {}, {}});
  };
  // What is read of a journal that holds nobody.
  const auto nobody = [&](const std::string &role, const std::string &purpose) {
    const auto journal = store::open_memory();
    const auto accesses = store::open_acces_memory();
    const dossier::Regles sources;
    droits::Guichet counter(*journal, *accesses, rights(), sources);
    return write_json(to_value(rules().cibler(counter, ask(role, purpose), {day("2022-06-01"), {}, {}, {}}), true));
  };
  const auto limited = decided(R"({"genre": "limitation", "etape": "acceptee"})");
  CHECK(told(limited, "gestionnaire", "gestion").oppositions == std::optional<std::size_t>(1));
  CHECK(told(limited, "gestionnaire", "gestion").alertes.empty());
  for (const auto &[role, purpose] : others) {
    INFO(role);
    CHECK(write_json(to_value(told(limited, role, purpose), true)) == nobody(role, purpose));
  }
  // Asked for only, refused, or lifted since, it holds nothing back.
  CHECK(told(decided(R"({"genre": "limitation", "etape": "demandee"})"), "gestionnaire", "gestion").oppositions == 0U);
  auto lifted = limited;
  lifted.push_back({a, "decision_donnees", R"({"genre": "limitation", "etape": "levee"})", d});
  CHECK(told(lifted, "gestionnaire", "gestion").oppositions == 0U);
  // An opposition holds for the purposes that it names, and no other knows of it.
  const auto opposed = decided(R"({"genre": "opposition", "etape": "acceptee", "finalites": ["gestion"]})");
  CHECK(told(opposed, "gestionnaire", "gestion").oppositions == std::optional<std::size_t>(1));
  for (const auto &[role, purpose] : others) {
    INFO(role);
    CHECK(steady(told(opposed, role, purpose)) == steady(told({}, role, purpose)));
  }
  const auto pilots = decided(R"({"genre": "opposition", "etape": "acceptee"})");
  CHECK(told(pilots, "gestionnaire", "gestion").oppositions == 0U);
  CHECK(write_json(to_value(told(pilots, "pilote", "pilotage"), true)) == nobody("pilote", "pilotage"));
}

TEST_CASE("a kind is clear only if the table says so without consent, tie or code", "[parcours][vigilance]") {
  const auto clear = [](std::string_view role, std::string_view purpose, std::string_view path) {
    return droits::clair_toujours(rights(), role, purpose, path);
  };
  CHECK(clear("referent", "accompagnement", "statut"));
  CHECK_FALSE(clear("membre", "accompagnement", "statut"));   // sensitive codes
  CHECK_FALSE(clear("referent", "accompagnement", "revenu")); // with a consent alone
  CHECK(clear("membre", "accompagnement", "action.etape"));
  CHECK_FALSE(clear("membre", "accompagnement", "action.theme"));    // may hold a free text
  CHECK(clear("membre", "accompagnement", "professionnel.nom"));     // nobody's
  CHECK_FALSE(clear("pressenti", "accompagnement", "relais.etape")); // his own alone
  CHECK_FALSE(clear("membre", "pilotage", "action.etape"));          // no such line
  CHECK_FALSE(clear("membre", "accompagnement", "nulle.part"));
}
