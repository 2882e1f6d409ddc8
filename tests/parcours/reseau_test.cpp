// The network: relays for all those of a professional, appointments, records and counts, solicitations, satisfaction.
#include "spie/dossier/contenu.hpp"
#include "spie/parcours/relais_tous.hpp"
#include "spie/parcours/rendez_vous.hpp"
#include "spie/parcours/reseau.hpp"
#include "spie/parcours/satisfaction.hpp"
#include "spie/parcours/sollicitations.hpp"
#include "tests/droits/scene.hpp"

using namespace spie;
using namespace spie::parcours;
using namespace spie::testing;

namespace {

std::shared_ptr<const Pack> the_pack() {
  static const auto pack = Pack::load(std::string(SPIE_SOURCE_DIR) + "/packs/seine-et-marne-2022-2023");
  return pack;
}
const droits::Droits &table() {
  static const droits::Droits rights = droits::read_droits(*the_pack());
  return rights;
}

std::string led_by(const std::string &who, const std::string &structure, const std::string &step = "nomme") {
  return R"({"role": "referent_unique", "etape": ")" + step + R"(", "professionnel": "professionnel:)" + who +
         R"(", "structure": "structure:)" + structure + "\"}";
}
std::string name_of(const std::string &first) { return R"({"nom": "EXEMPLE", "prenom": ")" + first + "\"}"; }

// René of structure s leads Aline, Basile and Chloé; Dora is led by René for structure t; Émile by somebody else.
struct Reseau {
  std::unique_ptr<dossier::Journal> journal = store::open_memory();
  std::unique_ptr<droits::JournalAcces> acces = store::open_acces_memory();
  dossier::Regles regles = dossier::read_regles(*the_pack());
  droits::Guichet guichet{*journal, *acces, table(), regles};
  Bureau bureau{*journal, guichet, *the_pack(), regles};

  Reseau() {
    std::vector<Event> events{
        {"professionnel:rene", "professionnel", R"({"nom": "MODELE", "prenom": "René", "structure": "structure:s"})",
         "2022-01-01"},
        {"professionnel:paul", "professionnel", R"({"nom": "MODELE", "prenom": "Paul", "structure": "structure:s"})",
         "2022-01-01"},
        {"structure:s", "structure", R"({"nom": "Structure inventée", "code_commune": "77288"})", "2022-01-01"},
        {"structure:t", "structure", R"({"nom": "Autre inventée", "code_commune": "77379"})", "2022-01-01"},
        {"structure:u", "structure", R"({"nom": "Sans lieu"})", "2022-01-01"}};
    for (const char *who : {"aline", "basile", "chloe", "dora", "emile"}) {
      const std::string person = std::string("personne:") + who;
      const std::string structure = std::string(who) == "dora" ? "t" : "s";
      events.push_back({person, "identite", name_of(who), "2022-01-01"});
      events.push_back({person, "referent", led_by(std::string(who) == "emile" ? "zoe" : "rene", structure),
                        "2022-01-10", "carnet"});
    }
    record(*journal, "2022-03-05", events);
  }

  static droits::Demande who(const std::string &id, const std::string &role, std::string_view at,
                             const std::string &purpose = "accompagnement", const std::string &structure = "") {
    return {{id, structure, {role}}, purpose, instant(at), std::nullopt};
  }
  ActeFait does(const droits::Demande &demand, const std::string &act, const std::string &on, std::string_view day_,
                const std::string &content = "{}") {
    return bureau.agir(demand, {act, subject(on), day(day_), read_json(content).context()});
  }
  RelaisTous all(const droits::Demande &demand, const std::string &asked) {
    return relayer_tous(*journal, guichet, *the_pack(), regles, demand, read_demande_relais_tous(read_json(asked)));
  }
  std::string refused(const droits::Demande &demand, const std::string &asked) {
    return refusal([&] { all(demand, asked); });
  }
};

const auto manager = [](std::string_view at) {
  return Reseau::who("professionnel:gina", "gestionnaire", at, "gestion");
};
const auto rene = [](std::string_view at) { return Reseau::who("professionnel:rene", "referent", at); };

const std::string ask_all = R"({"de": "professionnel:rene", "effet": "2022-04-01",
  "contenu": {"vers": "professionnel:paul", "motif": "depart_professionnel"}})";

std::string told(const RelaisTous &made) {
  std::string text;
  for (const RelaisDossier &one : made.dossiers)
    text += one.personne.substr(9) + ":" + (one.refus.empty() ? "fait" : one.refus.front().code) + " ";
  return text;
}

} // namespace

TEST_CASE("a relay is asked for all those of who leaves, dossier by dossier", "[reseau]") {
  Reseau desk;
  desk.does(manager("2022-04-01T08:00:00Z"), "depart.dire", "professionnel:rene", "2022-04-01",
            R"({"date": "2022-04-30", "motif": "mutation"})");
  desk.does(rene("2022-04-01T09:00:00Z"), "relais.demander", "personne:basile", "2022-04-01",
            R"({"vers": "professionnel:paul", "motif": "charge"})");
  const RelaisTous made = desk.all(manager("2022-04-01T10:00:00Z"), ask_all);
  CHECK(told(made) == "aline:fait basile:Q002 chloe:fait dora:fait ");
  CHECK(made.faits == 3);
  CHECK(made.refuses == 1);
  CHECK(!made.dossiers[1].refus.front().phrase.empty());

  // All is refused: told with its reasons, and nothing recorded.
  const auto before = desk.journal->head().seq;
  const RelaisTous soon =
      desk.all(rene("2022-04-02T08:00:00Z"),
               R"({"acte": "relais.effectuer", "de": "professionnel:rene", "effet": "2022-04-02"})");
  CHECK(told(soon) == "aline:Q003 basile:Q003 chloe:Q003 dora:Q003 ");
  CHECK(desk.journal->head().seq == before);

  // Once he is gone and each has agreed, the one who is asked accepts for all, and takes over from him.
  const auto paul = [](std::string_view at) { return Reseau::who("professionnel:paul", "pressenti", at); };
  CHECK(told(desk.all(paul("2022-05-01T08:00:00Z"),
                      R"({"acte": "relais.accepter", "de": "professionnel:rene", "effet": "2022-05-01"})")) ==
        "aline:fait basile:fait chloe:fait dora:fait ");
  desk.does(Reseau::who("personne:aline", "personne", "2022-05-01T09:00:00Z"), "relais.completer", "personne:aline",
            "2022-05-01", R"({"informee": "oui", "accord": "oui"})");
  const RelaisTous done =
      desk.all(paul("2022-05-02T08:00:00Z"),
               R"({"acte": "relais.effectuer", "de": "professionnel:rene", "effet": "2022-05-02"})");
  CHECK(told(done) == "aline:fait basile:Q003 chloe:Q003 dora:Q003 ");
  CHECK(done.dossiers[0].avertissements.size() == 1); // he is gone: the conditions that need him are waived
  const auto view = dossier::situation(*desk.journal, subject("personne:aline"), day("2022-05-02"));
  CHECK(view.find("referent.referent_unique.professionnel")->dire.valeur.text() == "professionnel:paul");
}

TEST_CASE("a dossier without a right leaves no trace in a relay for all, unless it is named", "[reseau]") {
  Reseau desk;
  const auto head = [](std::string_view at) {
    return Reseau::who("professionnel:max", "responsable_structure", at, "encadrement", "structure:s");
  };
  const RelaisTous named = desk.all(head("2022-04-01T07:00:00Z"), R"({"de": "professionnel:rene", "effet": "2022-04-01",
    "contenu": {"vers": "professionnel:paul", "motif": "charge"}, "personnes": ["personne:dora", "personne:emile"]})");
  CHECK(told(named) == "dora:R002 emile:Q002 "); // not his to see; not led by René
  CHECK(told(desk.all(head("2022-04-01T08:00:00Z"), ask_all)) == "aline:fait basile:fait chloe:fait ");
}

TEST_CASE("a relay for all that is wrong for each dossier is refused once, and nothing is recorded", "[reseau]") {
  Reseau desk;
  const auto at = manager("2022-04-01T08:00:00Z");
  const auto before = desk.journal->head().seq;
  CHECK(desk.refused(at, R"({"de": "personne:aline", "effet": "2022-04-01"})") == "Q001 at /de");
  CHECK(desk.refused(at, R"({"acte": "action.choisir", "de": "professionnel:rene", "effet": "2022-04-01"})") ==
        "Q001 at /acte");
  CHECK(desk.refused(at, R"({"de": "professionnel:rene", "effet": "hier"})").starts_with("Q001"));
  CHECK(desk.refused(at, R"({"de": "professionnel:rene", "effet": "2022-04-01", "contenu": {"motf": "charge"}})")
            .starts_with("E001"));
  CHECK(desk.refused(at, R"({"de": "professionnel:rene", "effet": "2022-04-01",
    "contenu": {"vers": "professionnel:rene", "motif": "charge"}})") == "Q002 at /contenu/vers");
  CHECK(desk.refused(at, R"({"de": "professionnel:inconnu", "effet": "2022-04-01"})").starts_with("E005"));
  CHECK(desk.journal->head().seq <= before + 1); // the identity of the journal of accesses, no more
}

namespace {

RendezVousProposes proposed(Reseau &desk, std::string_view at, const std::string &options = "{}",
                            const std::string &role = "referent") {
  droits::Demande asked = rene(std::string(at) + "T12:00:00Z");
  asked.acteur.roles = {role};
  return rendez_vous_proposes(desk.guichet, *the_pack(), asked, subject("personne:aline"), day(at),
                              read_demande_rendez_vous(read_json(options)));
}
std::string flags(const RendezVousProposes &made) {
  std::string text;
  for (const SignalementRendezVous &one : made.signalements)
    text += one.code + ":" + one.etat + " ";
  return text;
}
std::string places(const RendezVousProposes &made) {
  std::string text;
  for (const LieuPropose &one : made.lieux)
    text += one.structure.substr(10) + ":" + one.proximite + " ";
  return text;
}

} // namespace

TEST_CASE("rules propose by when and where, and flag what is too late, too far, or missed", "[reseau]") {
  Reseau desk;
  record(*desk.journal, "2022-03-06",
         {{"personne:aline", "entree", "{}", "2022-03-01"},
          {"personne:aline", "adresse", R"({"code_commune": "77152"})", "2022-01-01", "carnet"}});
  const auto first = proposed(desk, "2022-03-07");
  CHECK(first.motif == "premier");
  CHECK(first.au_plus_tard == day("2022-03-16")); // fifteen days after 1 March
  CHECK(places(first) == "s:meme_epci ");         // Dammarie-lès-Lys and Melun
  CHECK(flags(first).empty());
  CHECK(places(proposed(desk, "2022-03-07",
                        R"({"structures": ["structure:u", "structure:t", "structure:s"],
                            "minutes": [{"de": "77379", "vers": "77152", "minutes": 46}]})")) ==
        "s:meme_epci u:inconnu t:trop_loin "); // an unknown place is unknown
  CHECK(places(proposed(desk, "2022-03-07", R"({"structures": ["structure:t"],
                            "minutes": [{"de": "77152", "vers": "77379", "minutes": 45}]})")) == "t:a_portee ");

  desk.does(rene("2022-03-08T08:00:00Z"), "rendez_vous.fixer", "personne:aline", "2022-03-08",
            R"({"id": "R1", "prevu_le": "2022-03-17T09:00:00Z", "structure": "structure:t"})");
  CHECK(flags(proposed(desk, "2022-03-08")) == "trop_tard:oui trop_loin:inconnu ");
  desk.does(rene("2022-03-17T10:00:00Z"), "rendez_vous.manquer", "personne:aline", "2022-03-17", R"({"id": "R1"})");
  const auto missed = proposed(desk, "2022-03-18");
  CHECK(missed.motif == "apres_absence");
  CHECK(missed.au_plus_tard == day("2022-03-24"));
  CHECK(flags(missed).empty()); // once is no series
  desk.does(rene("2022-03-18T13:00:00Z"), "rendez_vous.fixer", "personne:aline", "2022-03-18", R"({"id": "R2"})");
  desk.does(rene("2022-03-23T08:00:00Z"), "rendez_vous.manquer", "personne:aline", "2022-03-23", R"({"id": "R2"})");
  CHECK(flags(proposed(desk, "2022-03-23")) == "absences_de_suite:oui ");
  desk.does(rene("2022-03-24T08:00:00Z"), "rendez_vous.fixer", "personne:aline", "2022-03-24", R"({"id": "R3"})");
  desk.does(rene("2022-03-25T08:00:00Z"), "rendez_vous.tenir", "personne:aline", "2022-03-25", R"({"id": "R3"})");
  const auto held = proposed(desk, "2022-03-26");
  CHECK(held.motif == "suivi");
  CHECK(held.au_plus_tard == day("2022-04-24"));
}

TEST_CASE("what the actor does not see is unknown, not absent", "[reseau]") {
  Reseau desk;
  const auto blind = proposed(desk, "2022-03-07", "{}", "membre"); // no member of hers
  CHECK(blind.motif.empty());
  CHECK(!blind.au_plus_tard);
  CHECK(flags(blind) == "absences_de_suite:inconnu ");
  CHECK(refusal([&] { read_demande_rendez_vous(read_json(R"({"minutes": [{"de": "1", "vers": "2"}]})")); }) ==
        "Q001 at /minutes/0/minutes");
  CHECK(refusal([&] { read_demande_rendez_vous(read_json(R"({"structures": ["personne:x"]})")); }).starts_with("Q001"));
}

TEST_CASE("the record of a structure says its ring, its label and what the label lacks", "[reseau]") {
  Reseau desk;
  const auto at = manager("2022-04-01T08:00:00Z");
  desk.does(at, "consortium.placer", "structure:s", "2022-02-01", R"({"cercle": "restreint"})");
  desk.does(at, "label.changer", "structure:s", "2022-03-01",
            R"({"etape": "accorde", "fin": "2023-02-28", "criteres": ["diagnostic_partage"],
                "suivi_plus_six_mois": "oui"})");
  desk.does(at, "formation.suivre", "professionnel:paul", "2022-03-10",
            R"({"id": "F1", "module": "diagnostic_partage", "heures": 14})");
  desk.does(at, "habilitation.accorder", "professionnel:paul", "2022-03-11",
            R"({"objet": "diagnostic", "fin": "2022-12-31"})");
  const auto record_of = [&](const std::string &who, std::string_view on, const droits::Demande &asked) {
    return fiche_reseau(*desk.journal, desk.guichet, *the_pack(), asked, subject(who), day(on));
  };
  const FicheReseau s = record_of("structure:s", "2022-04-01", rene("2022-04-02T08:00:00Z"));
  CHECK(s.cercle == "restreint");
  REQUIRE(s.label);
  CHECK(s.label->en_vigueur);
  std::string conditions;
  for (const ConditionLabel &one : s.label->conditions)
    conditions += one.code + ":" + one.etat + " ";
  CHECK(conditions == "formation:rempli criteres:non_rempli suivi:rempli ");
  CHECK(s.professionnels.size() == 2);
  CHECK_FALSE(record_of("structure:s", "2023-03-01", rene("2022-04-02T09:00:00Z")).label->en_vigueur);
  CHECK(record_of("structure:s", "2022-01-15", rene("2022-04-02T09:00:00Z")).cercle.empty());

  const FicheReseau paul = record_of("professionnel:paul", "2022-04-01", manager("2022-04-02T10:00:00Z"));
  REQUIRE(paul.habilitations.size() == 1);
  CHECK(paul.habilitations[0].en_vigueur);
  CHECK(paul.formations[0].heures == 14);
  CHECK_FALSE(
      record_of("professionnel:paul", "2023-01-01", manager("2022-04-02T10:00:00Z")).habilitations[0].en_vigueur);
  CHECK(refusal([&] {
          record_of("professionnel:paul", "2022-04-01", rene("2022-04-02T11:00:00Z"));
        }).starts_with("R002"));
  CHECK(refusal([&] { record_of("personne:aline", "2022-04-01", manager("2022-04-02T11:00:00Z")); }) ==
        "Q001 at /sujet");
  CHECK(refusal([&] { record_of("structure:x", "2022-04-01", manager("2022-04-02T11:00:00Z")); }).starts_with("E005"));

  const auto counted = [&](std::string_view from, std::string_view to, const droits::Demande &asked) {
    return compter_reseau(*desk.journal, desk.guichet, asked, day(from), day(to));
  };
  const ComptesReseau march = counted("2022-03-01", "2022-03-31", manager("2022-04-03T08:00:00Z"));
  CHECK(march.professionnels_formes == 1);
  CHECK(march.heures == 14);
  CHECK(march.labels == 1);
  CHECK(march.labels_accordes == 1);
  CHECK(march.structures == 3);
  CHECK(march.cercles.at("restreint") == 1);
  CHECK(march.formes_par_structure.at("structure:s") == 1);
  CHECK(counted("2022-03-11", "2022-03-31", manager("2022-04-03T08:00:00Z")).professionnels_formes == 0);
  CHECK(refusal([&] { counted("2022-03-01", "2022-03-31", rene("2022-04-03T09:00:00Z")); }).starts_with("R002"));
  CHECK(refusal([&] { counted("2022-03-31", "2022-03-01", manager("2022-04-03T09:00:00Z")); }) == "Q001 at /au");
}

TEST_CASE("a labelled structure owes more than six months: the same day is too soon", "[reseau]") {
  for (const auto &[closed, kept] :
       {std::pair("2022-09-15", true), std::pair("2022-09-14", true), std::pair("2022-09-16", false)}) {
    Reseau desk;
    record(*desk.journal, "2022-09-20",
           {{"structure:s", "label", R"({"etape": "accorde", "suivi_plus_six_mois": "oui"})", "2022-01-01"},
            {"personne:aline", "emploi", R"({"id": "E1", "etape": "trouve"})", "2022-03-15", "carnet"},
            {"personne:aline", "referent", led_by("rene", "s", "termine"), closed, "carnet"},
            {"personne:aline", "referent", R"({"role": "coordinateur", "etape": "nomme",
               "professionnel": "professionnel:rene", "structure": "structure:t"})",
             "2022-09-18"}});
    const auto found = suivis_label(desk.guichet, *the_pack(), rene("2022-09-21T08:00:00Z"), subject("structure:s"),
                                    day("2022-09-21"));
    REQUIRE(found.size() == 1);
    INFO(closed);
    CHECK(found[0].doit_depasser == day("2022-09-15"));
    CHECK(found[0].cloture == day(closed));
    CHECK(found[0].manquement == kept);
    // Who sees no job in clear sees none of it.
    CHECK(suivis_label(desk.guichet, *the_pack(), manager("2022-09-21T09:00:00Z"), subject("structure:s"),
                       day("2022-09-21"))
              .empty());
  }
}

TEST_CASE("a solicitation is shown to the two whom it is between, and waits for as long as the pack says", "[reseau]") {
  Reseau desk;
  record(*desk.journal, "2022-03-06",
         {{"personne:aline", "membre", R"({"professionnel": "professionnel:paul", "role": "cip", "etape": "commence"})",
           "2022-03-01"},
          {"personne:aline", "membre", R"({"professionnel": "professionnel:maud", "role": "cip", "etape": "commence"})",
           "2022-03-01"}});
  desk.does(rene("2022-04-01T08:00:00Z"), "sollicitation.demander", "personne:aline", "2022-04-01",
            R"({"a": "professionnel:paul", "objet": "avis"})");
  const auto seen = [&](const std::string &who, const std::string &role, std::string_view on, bool all = false) {
    return sollicitations(desk.guichet, *the_pack(), Reseau::who(who, role, std::string(on) + "T12:00:00Z"), day(on),
                          all);
  };
  const auto asked = seen("professionnel:paul", "membre", "2022-04-16");
  REQUIRE(asked.size() == 1);
  CHECK(asked[0].sens == "recue");
  CHECK(asked[0].attendue_le == day("2022-04-16")); // fifteen days after 1 April
  CHECK_FALSE(asked[0].en_retard);
  CHECK(seen("professionnel:rene", "referent", "2022-04-17")[0].en_retard);
  CHECK(seen("professionnel:maud", "membre", "2022-04-17").empty()); // a member, but not hers to answer
  desk.does(Reseau::who("professionnel:paul", "membre", "2022-04-18T08:00:00Z"), "sollicitation.repondre",
            "personne:aline", "2022-04-18");
  const auto answered = seen("professionnel:rene", "referent", "2022-04-19");
  REQUIRE(answered.size() == 1);
  CHECK(answered[0].etape == "repondue");
  CHECK_FALSE(answered[0].en_retard);
  CHECK(answered[0].demandee_le == day("2022-04-01"));
  desk.does(rene("2022-04-20T08:00:00Z"), "sollicitation.clore", "personne:aline", "2022-04-20");
  CHECK(seen("professionnel:rene", "referent", "2022-04-21").empty());
  CHECK(seen("professionnel:rene", "referent", "2022-04-21", true).size() == 1);
}

namespace {

struct Enquete : Reseau {
  // Six persons of structure s answer in the first quarter, four of structure t.
  Enquete() {
    std::vector<Event> events;
    for (int i = 0; i < 12; ++i) {
      const std::string who = "personne:p" + std::to_string(i);
      events.push_back({who, "identite", name_of("P"), "2022-01-01"});
      events.push_back({who, "referent", led_by("rene", i < 6 ? "s" : "t"), "2022-01-10", "carnet"});
    }
    record(*journal, "2022-03-06", events);
  }
  std::string answer(int who, const std::string &structure, std::string_view at, const std::string &answers,
                     const std::string &role = "personne") {
    const std::string person = "personne:p" + std::to_string(who);
    return repondre_satisfaction(
        *journal, guichet, *the_pack(), Reseau::who(role == "personne" ? person : "professionnel:rene", role, at),
        read_reponse_satisfaction(read_json(R"({"personne": ")" + person + R"(", "structure": "structure:)" +
                                            structure + R"(", "reponses": )" + answers + "}")));
  }
  Satisfaction read(std::string_view at, const std::string &role = "pilote", const std::string &purpose = "pilotage") {
    return satisfaction(*journal, guichet, *the_pack(), Reseau::who("professionnel:pia", role, at, purpose),
                        day(at.substr(0, 10)));
  }
};

} // namespace

TEST_CASE("answers of satisfaction are told by cells that are large enough, and nobody stands in them", "[reseau]") {
  Enquete desk;
  const std::vector<std::string> notes{"tout_a_fait", "tout_a_fait", "plutot_oui",
                                       "plutot_oui",  "plutot_non",  "tout_a_fait"};
  for (int i = 0; i < 6; ++i)
    CHECK(desk.answer(i, "s", "2022-03-10T0" + std::to_string(i) + ":00:00Z",
                      R"({"ecoute": ")" + notes[static_cast<std::size_t>(i)] + "\"" +
                          (i == 0 ? R"(, "delais": "pas_du_tout"})" : "}")) == "2022-T1");
  for (int i = 6; i < 10; ++i)
    desk.answer(i, "t", "2022-03-11T0" + std::to_string(i - 6) + ":00:00Z", R"({"ecoute": "pas_du_tout"})");
  CHECK(desk.read("2022-03-31T10:00:00Z").cases.empty()); // the quarter is not over

  const Satisfaction told = desk.read("2022-04-01T10:00:00Z");
  REQUIRE(told.cases.size() == 1); // four answers on t are not told at all
  CHECK(told.cases[0].structure == "structure:s");
  CHECK(told.cases[0].trimestre == "2022-T1");
  CHECK(told.cases[0].effectif == 6);
  REQUIRE(told.cases[0].moyennes.size() == 1);                   // one alone answered "delais"
  CHECK(told.cases[0].moyennes[0].moyenne.to_string() == "3.3"); // (4+4+3+3+2+4) / 6 = 3.33…
  REQUIRE(told.ensemble.size() == 1);
  CHECK(told.ensemble[0].effectif == 6); // no sum less this one tells another

  // Neither who she is nor who answers stands in what was kept.
  desk.journal->each(1, dossier::everything, [](const dossier::Evenement &event) {
    if (event.type != "satisfaction")
      return;
    CHECK(event.sujets.size() == 1);
    CHECK(event.sujets[0].genre == dossier::Genre::structure);
    CHECK(event.auteur == "questionnaire");
    CHECK(event.effet.debut == day("2022-01-01"));
    CHECK(dossier::to_value(event).to_string().find("personne:") == std::string::npos);
  });
  CHECK(refusal([&] { desk.read("2022-04-01T11:00:00Z", "referent", "accompagnement"); }).starts_with("R002"));
  CHECK(refusal([&] { desk.read("2022-04-01T11:00:00Z", "gestionnaire", "gestion"); }).starts_with("R002"));
}

TEST_CASE("an answer that is not of the questionnaire is refused, and nothing is recorded", "[reseau]") {
  Enquete desk;
  const auto before = desk.journal->head().seq;
  const auto refused = [&](int who, const std::string &structure, const std::string &answers,
                           const std::string &role = "personne") {
    return refusal([&] { desk.answer(who, structure, "2022-03-10T08:00:00Z", answers, role); });
  };
  CHECK(refused(0, "s", R"({"ecoutes": "plutot_oui"})") == "Q001 at /reponses/ecoutes");
  CHECK(refused(0, "s", R"({"ecoute": "oui"})") == "Q001 at /reponses/ecoute");
  CHECK(refused(0, "s", R"({"outils": "plutot_oui"})") == "Q001 at /reponses/outils"); // for référents
  CHECK(refused(0, "s", "{}") == "Q001 at /reponses");
  CHECK(refused(0, "t", R"({"ecoute": "plutot_oui"})") == "Q002 at /structure");
  CHECK(refused(0, "s", R"({"ecoute": "plutot_oui"})", "membre").starts_with("R002"));
  CHECK(desk.journal->head().seq <= before + 1);
  CHECK(desk.answer(0, "s", "2022-03-10T09:00:00Z", R"({"outils": "plutot_oui"})", "referent") == "2022-T1");
  CHECK(questionnaire_satisfaction(*the_pack()).questions.size() == 4);
}
