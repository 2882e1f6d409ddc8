// Instances: who sits, what a session studies, whom it convenes and why, what each convened one sees and cannot know,
// what is decided, and what is counted.
#include "insertion/text_of.hpp"
#include "spie/parcours/acte.hpp"
#include "spie/parcours/instance.hpp"
#include "spie/parcours/relais.hpp"
#include "tests/droits/scene.hpp"

#include <algorithm>
#include <random>

using namespace spie;
using namespace spie::parcours;
using namespace spie::testing;

namespace {

const std::string april = "2022-04-01";
const std::string session = "2022-05-12";

std::string naming(const std::string &who, const std::string &step = "nomme") {
  return R"({"role": "referent_unique", "etape": ")" + step + R"(", "professionnel": "professionnel:)" + who + "\"}";
}
std::string seat(const std::string &who, const std::string &quality) {
  return R"({"professionnel": "professionnel:)" + who + R"(", "qualite": ")" + quality + R"(", "etape": "commence"})";
}

// Instance i, that Anna organises: Noé and Lou sit in it, Ines is invited. Aline is followed by René and has Maud and
// Max as members, Basile by Paul, Carla by nobody. Olga organises instance j.
struct Scene_ {
  std::unique_ptr<dossier::Journal> journal = store::open_memory();
  std::unique_ptr<droits::JournalAcces> acces = store::open_acces_memory();
  dossier::Regles regles = dossier::read_regles(*national_pack());
  droits::Guichet guichet{*journal, *acces, rights(), regles};
  Bureau bureau{*journal, guichet, *national_pack(), regles};
  dossier::Sujet i = subject("instance:i"), aline = subject("personne:aline"), basile = subject("personne:basile"),
                 carla = subject("personne:carla");

  Scene_() {
    std::vector<Event> events{
        {"instance:i", "instance",
         R"({"nom": "Instance de Meaux", "genre": "equipe_pluridisciplinaire", "territoire": "77284", "quorum": 2, "ad_hoc": false, "label": "accorde"})",
         april},
        {"instance:i", "siege", seat("anna", "animateur"), april},
        {"instance:i", "siege", seat("noe", "titulaire"), april},
        {"instance:i", "siege", seat("lou", "suppleant"), april},
        {"instance:i", "siege", R"({"professionnel": "professionnel:lou", "etape": "termine"})", "2022-06-01"},
        {"instance:i", "siege", seat("ines", "invite"), april},
        {"instance:j", "instance", R"({"nom": "Autre instance"})", april},
        {"instance:j", "siege", seat("olga", "animateur"), april},
        {"personne:aline", "referent", naming("rene"), april},
        {"personne:aline", "membre", R"({"professionnel": "professionnel:maud", "role": "cip", "etape": "commence"})",
         april},
        {"personne:aline", "membre", R"({"professionnel": "professionnel:max", "role": "cip", "etape": "commence"})",
         april},
        {"personne:basile", "referent", naming("paul"), april}};
    for (const char *who : {"aline", "basile", "carla"})
      events.push_back({std::string("personne:") + who, "identite",
                        R"({"nom": "EXEMPLE", "prenom": ")" + std::string(who) + "\"}", april});
    for (const char *who : {"rene", "maud", "max", "paul", "anna", "noe", "lou", "ines", "olga"})
      events.push_back({std::string("professionnel:") + who, "professionnel", R"({"nom": "MODELE"})", april});
    record(*journal, "2022-04-02", events);
  }

  static droits::Demande who(const std::string &id, const std::string &role, std::string_view at,
                             const std::string &purpose = "instance") {
    return {{id, "", {role}}, purpose, instant(at), std::nullopt};
  }
  ActeFait does(const droits::Demande &demand, const std::string &act, const dossier::Sujet &on,
                std::string_view on_day, const std::string &content = "{}") {
    return bureau.agir(demand, {act, on, day(on_day), read_json(content).context()});
  }
  // What it is refused for; and nothing is recorded.
  std::string refused(const droits::Demande &demand, const std::string &act, const dossier::Sujet &on,
                      std::string_view on_day, const std::string &content = "{}") {
    const auto before = journal->head().seq;
    const std::string code = refusal([&] { does(demand, act, on, on_day, content); });
    CHECK(journal->head().seq == before);
    return code;
  }
  static droits::Demande anna(std::string_view at) { return who("professionnel:anna", "animateur", at); }
  static droits::Demande convened(const std::string &id, std::string_view at = "2022-05-10T08:00:00Z") {
    return who("professionnel:" + id, "membre_instance", at);
  }

  std::string refer(const dossier::Sujet &person, const std::string &content, std::string_view at,
                    const std::string &by = "") {
    const std::string leads = !by.empty() ? by : person == aline ? "rene" : "paul";
    return text_of(does(who("professionnel:" + leads, "referent", at, "accompagnement"), "saisine.deposer", person,
                        at.substr(0, 10), content)
                       .evenements.front()
                       .contenu,
                   "id");
  }
  // The session of 12 May: Aline's case and Basile's are before it.
  void fix() {
    does(anna("2022-04-10T08:00:00Z"), "session.fixer", i, "2022-04-10", R"({"date": "2022-05-12", "lieu": "Meaux"})");
  }
  std::string aline_case() {
    const std::string id = refer(
        aline,
        R"({"instance": "instance:i", "motif": "cas_complexe", "question": "que proposer ?", "membres": ["professionnel:maud"]})",
        "2022-04-11T08:00:00Z");
    does(anna("2022-04-12T08:00:00Z"), "saisine.inscrire", aline, "2022-04-12", R"({"session": "2022-05-12"})");
    return id;
  }
  std::string basile_case() {
    const std::string id =
        refer(basile, R"({"instance": "instance:i", "motif": "sans_solution"})", "2022-04-13T08:00:00Z");
    does(anna("2022-04-14T08:00:00Z"), "saisine.inscrire", basile, "2022-04-14", R"({"session": "2022-05-12"})");
    return id;
  }
  void note(const std::string &who_, const std::string &state, std::string_view at = "2022-05-12T12:00:00Z") {
    does(anna(at), "presence.noter", i, "2022-05-12",
         R"({"session": "2022-05-12", "qui": ")" + who_ + R"(", "etat": ")" + state + "\"}");
  }
  Agenda agenda_of(const droits::Demande &demand) { return agenda(guichet, demand, i, session); }
};

std::string cases(const Agenda &read) {
  std::string text;
  for (const CasInstance &one : read.cas)
    text += one.personne.substr(9) + (one.inscrit ? ":inscrit " : ":attend ");
  return text;
}
std::string convened_by(const Agenda &read) {
  std::string text;
  for (const Convocation &one : read.convocations)
    text += one.qui.substr(one.qui.find(':') + 1) + ":" + one.qualite + " ";
  return text;
}

} // namespace

TEST_CASE("the census tells each instance, its label and the seats in force on a day", "[instances]") {
  Scene_ scene;
  scene.fix();
  const auto all = recenser_instances(*scene.journal, day("2022-05-01"));
  REQUIRE(all.size() == 2);
  CHECK(all[0].nom == "Autre instance");
  CHECK_FALSE(all[0].quorum);
  CHECK_FALSE(all[0].ad_hoc);
  const InstanceLue &meaux = all[1];
  CHECK(meaux.label == "accorde");
  CHECK(meaux.quorum == 2);
  CHECK(meaux.ad_hoc == false);
  CHECK(meaux.sieges.size() == 4);
  REQUIRE(meaux.seances.size() == 1);
  CHECK(meaux.seances[0].lieu == "Meaux");
  CHECK(recenser_instances(*scene.journal, day("2022-06-02"))[1].sieges.size() == 3); // Lou left
  CHECK(recenser_instances(*scene.journal, day("2022-03-31"))[1].sieges.empty());
}

TEST_CASE("the agenda says which cases are before the session, which wait, and what is asked", "[instances]") {
  Scene_ scene;
  scene.fix();
  const std::string id = scene.aline_case();
  scene.refer(scene.basile, R"({"instance": "instance:i", "motif": "sans_solution"})", "2022-04-13T08:00:00Z");
  const Agenda read = scene.agenda_of(Scene_::anna("2022-05-01T08:00:00Z"));
  CHECK(read.nom == "Instance de Meaux");
  CHECK(read.role == "animateur");
  CHECK(cases(read) == "aline:inscrit basile:attend ");
  const CasInstance &hers = read.cas.front();
  CHECK(hers.saisine == id);
  CHECK(hers.prenom == "aline");
  CHECK(hers.motif == "cas_complexe");
  CHECK(hers.question.empty()); // a free text that nobody declassified
  CHECK(hers.deposee_le == day("2022-04-11"));
  CHECK(hers.referents == std::vector<std::string>{"professionnel:rene"});
  CHECK(hers.membres == std::vector<std::string>{"professionnel:maud"});
  std::string event;
  for (const auto &one : scene.journal->about(scene.aline))
    if (one.type == "saisine" && text_of(one.contenu, "etape") == "deposee")
      event = one.id;
  scene.guichet.declasser(Scene_::who("professionnel:rene", "referent", "2022-05-01T09:00:00Z", "accompagnement"),
                          scene.aline, event, "question");
  CHECK(scene.agenda_of(Scene_::anna("2022-05-01T10:00:00Z")).cas.front().question == "que proposer ?");
  CHECK(agenda(scene.guichet, Scene_::anna("2022-05-01T10:01:00Z"), scene.i).seance.session == session);
  CHECK(refusal([&] { agenda(scene.guichet, Scene_::anna("2022-05-01T10:02:00Z"), scene.i, "2022-09-09"); }) == "E005");
  CHECK(refusal([&] { agenda(scene.guichet, Scene_::anna("2022-05-01T10:03:00Z"), subject("instance:z")); }) == "E005");
  CHECK(refusal([&] { agenda(scene.guichet, Scene_::anna("2022-05-01T10:04:00Z"), subject("instance:j")); }) == "E005");
}

TEST_CASE("a session convenes its sitting members, the référents, the members named and the people, and says why",
          "[instances]") {
  Scene_ scene;
  scene.fix();
  scene.aline_case();
  scene.basile_case();
  scene.refer(scene.carla, R"({"instance": "instance:i"})", "2022-04-15T08:00:00Z", [&] {
    record(*scene.journal, "2022-04-14", {{"personne:carla", "referent", naming("rene"), "2022-04-14"}});
    return std::string("rene");
  }()); // it waits: nobody is convened for it
  const Agenda read = scene.agenda_of(Scene_::anna("2022-05-01T08:00:00Z"));
  CHECK(convened_by(read) == "anna:membre lou:membre noe:membre rene:referent maud:referent aline:personne "
                             "paul:referent basile:personne ");
  CHECK(read.convocations[0].raisons == std::vector<std::string>{"siège à l'instance (animateur)"});
  CHECK(read.convocations[0].personnes == std::vector<std::string>{"personne:aline", "personne:basile"});
  CHECK(read.convocations[3].personnes == std::vector<std::string>{"personne:aline"});
  CHECK(read.convocations[4].raisons == std::vector<std::string>{"membre du parcours, nommé par la saisine"});

  const ActeFait done = scene.does(Scene_::anna("2022-05-02T08:00:00Z"), "session.convoquer", scene.i, "2022-05-02");
  CHECK(done.evenements.size() == 1 + read.convocations.size());
  CHECK(done.avertissements.empty());
  const Agenda after = scene.agenda_of(Scene_::anna("2022-05-02T09:00:00Z"));
  CHECK(after.seance.etape == "convoquee");
  for (const Convocation &one : after.convocations)
    CHECK(one.etat == "convie");
  scene.bureau.annuler(Scene_::anna("2022-05-02T10:00:00Z"), done.acte);
  CHECK(scene.agenda_of(Scene_::anna("2022-05-02T11:00:00Z")).convocations.front().etat.empty());
  // Who does not see the cases convenes the seats alone, and is told so.
  const ActeFait seats = scene.does(Scene_::who("professionnel:g", "gestionnaire", "2022-05-03T08:00:00Z", "gestion"),
                                    "session.convoquer", scene.i, "2022-05-03");
  CHECK(seats.evenements.size() == 4);
  CHECK(seats.avertissements.size() == 1);
}

TEST_CASE("who is convened sees the cases that concern him, around the session, and cannot know of another",
          "[instances][droits]") {
  // The same instance with her case alone, and with another one beside.
  const auto read = [](bool with_another, const droits::Demande &demand) {
    Scene_ scene;
    scene.fix();
    scene.aline_case();
    if (with_another)
      scene.basile_case();
    return write_json(to_value(scene.agenda_of(demand)));
  };
  const auto aline_ = Scene_::who("personne:aline", "personne", "2022-05-10T08:00:00Z");
  for (const droits::Demande &demand : {Scene_::convened("rene"), Scene_::convened("maud"), aline_}) {
    INFO(demand.acteur.id);
    std::string alone = read(false, demand), beside = read(true, demand);
    // The ids of referrals are drawn at random.
    const auto hide = [](std::string &text) {
      if (const auto at = text.find("\"saisine\":\""); at != std::string::npos)
        text.erase(at, text.find(',', at) - at);
    };
    hide(alone);
    hide(beside);
    CHECK(alone == beside);
    CHECK(alone.find("aline") != std::string::npos);
    CHECK(alone.find("basile") == std::string::npos);
  }

  Scene_ scene;
  scene.fix();
  scene.aline_case();
  scene.basile_case();
  CHECK(cases(scene.agenda_of(Scene_::convened("noe"))) == "aline:inscrit basile:inscrit ");
  CHECK(cases(scene.agenda_of(Scene_::convened("paul"))) == "basile:inscrit ");
  CHECK(convened_by(scene.agenda_of(Scene_::convened("paul"))) ==
        "anna:membre lou:membre noe:membre paul:referent basile:personne ");
  CHECK(cases(scene.agenda_of(Scene_::convened("max"))).empty());  // a member that the referral does not name
  CHECK(cases(scene.agenda_of(Scene_::convened("ines"))).empty()); // invited
  CHECK(cases(scene.agenda_of(Scene_::convened("olga"))).empty());
  // From the fifteenth day before it to the fifteenth after.
  for (const auto &[at, seen] : std::vector<std::pair<std::string, bool>>{{"2022-04-26T08:00:00Z", false},
                                                                          {"2022-04-27T08:00:00Z", true},
                                                                          {"2022-05-27T08:00:00Z", true},
                                                                          {"2022-05-28T08:00:00Z", false}})
    for (const char *id : {"noe", "rene"}) {
      INFO(at << " " << id);
      Scene_ then;
      then.fix();
      then.aline_case();
      CHECK(cases(then.agenda_of(Scene_::convened(id, at))).empty() != seen);
      const auto view = then.guichet.voir(Scene_::convened(id, at), then.aline, day(at.substr(0, 10)));
      CHECK(view.situation.faits.empty() != seen);
    }
  // A search, a list and the acts tell no more.
  CHECK(scene.guichet.lister(Scene_::convened("paul")).total == 1);
  CHECK(scene.guichet.rechercher(Scene_::convened("noe"), "EXEMPLE", day("2022-05-10")).size() == 2);
  CHECK(scene.guichet.rechercher(Scene_::convened("paul"), "EXEMPLE", day("2022-05-10")).size() == 1);
  CHECK(scene.refused(Scene_::convened("paul"), "instance.decider", scene.aline, session,
                      R"({"saisine": "s", "nature": "maintien"})") == "R002");
  // A session that is cancelled convenes nobody.
  scene.does(Scene_::anna("2022-05-10T09:00:00Z"), "session.annuler", scene.i, "2022-05-10");
  CHECK(cases(scene.agenda_of(Scene_::convened("noe", "2022-05-10T10:00:00Z"))).empty());
}

TEST_CASE("whatever cases a session has, each convened one reads what he would if his were alone",
          "[instances][droits]") {
  std::mt19937 random;
  std::size_t compared = 0, shown = 0;
  const auto draw = [&](int below) { return std::uniform_int_distribution<int>(0, below - 1)(random); };
  for (unsigned seed = 1; seed <= 1000; ++seed) {
    random.seed(seed);
    struct Case {
      std::string person, step, day;
      int leads;
    };
    std::vector<Case> all;
    for (int k = draw(8); k >= 0; --k)
      all.push_back({"personne:p" + std::to_string(k), draw(4) == 0 ? "deposee" : "inscrite",
                     draw(3) == 0 ? "2022-06-09" : session, draw(3)});
    const int reader = draw(3);
    // As René reads it: of all, or of his people alone.
    const auto read = [&](bool his_alone) {
      const auto journal = store::open_memory();
      const auto acces = store::open_acces_memory();
      const dossier::Regles rules;
      droits::Guichet desk(*journal, *acces, rights(), rules);
      std::vector<Event> events{{"instance:i", "instance", R"({"nom": "I"})", april},
                                {"instance:i", "siege", seat("anna", "animateur"), april},
                                {"instance:i", "session",
                                 R"({"id": "2022-05-12", "etape": "fixee", "date": {"@date": "2022-05-12"}})", april},
                                {"instance:i", "session",
                                 R"({"id": "2022-06-09", "etape": "fixee", "date": {"@date": "2022-06-09"}})", april}};
      for (const Case &one : all) {
        if (his_alone && one.leads != reader)
          continue;
        events.push_back({one.person, "identite", R"({"nom": "N", "prenom": ")" + one.person + "\"}", april});
        events.push_back({one.person, "referent", naming("r" + std::to_string(one.leads)), april});
        events.push_back(
            {one.person, "saisine",
             R"({"id": "S", "etape": ")" + one.step + R"(", "instance": "instance:i", "session": ")" + one.day + "\"}",
             april});
      }
      record(*journal, "2022-04-02", events);
      const Agenda seen = agenda(desk, Scene_::convened("r" + std::to_string(reader)), subject("instance:i"), session);
      shown += his_alone ? 0 : seen.cas.size();
      std::string entries;
      acces->each([&](const droits::Acces &entry) { entries += write_json(droits::to_value(entry)); });
      return write_json(to_value(seen)) + entries;
    };
    INFO(seed);
    CHECK(read(false) == read(true));
    ++compared;
  }
  CHECK(compared == 1000);
  CHECK(shown > 500); // it is not for want of cases
}

TEST_CASE("of one person, the referral to another instance is not knowable to who is convened", "[instances][droits]") {
  const auto seen = [](bool elsewhere) {
    Scene_ scene;
    scene.fix();
    scene.aline_case();
    if (elsewhere)
      record(
          *scene.journal, "2022-04-20",
          {{"personne:aline", "saisine",
            R"({"id": "ailleurs", "etape": "deposee", "instance": "instance:j", "motif": "bascule"})", "2022-04-20"},
           {"personne:aline", "decision_instance", R"({"saisine": "ailleurs", "nature": "maintien"})", "2022-04-21"}});
    auto view = scene.guichet.voir(Scene_::convened("noe"), scene.aline, day("2022-05-10"));
    std::string text;
    for (const dossier::Fait &fact : view.situation.faits)
      if (fact.champ != "etapes") // the ids of events, drawn at random
        text += fact.chemin + "=" + fact.dire.valeur.to_string() + "\n";
    for (const droits::Retenue &one : view.retenues)
      text += one.objet + " ";
    return text;
  };
  CHECK(seen(true) == seen(false));
  CHECK(seen(true).find("saisine") != std::string::npos);
}

TEST_CASE("a referral is decided once, at its session, with its quorum; else it is refused and nothing is recorded",
          "[instances]") {
  Scene_ scene;
  scene.fix();
  const std::string id = scene.aline_case();
  scene.does(Scene_::anna("2022-04-16T08:00:00Z"), "session.fixer", scene.i, "2022-04-16", R"({"date": "2022-06-09"})");
  const std::string keep = R"({"nature": "maintien"})";
  const auto at = [](const char *hour) { return Scene_::anna(std::string("2022-05-12T") + hour + ":00:00Z"); };
  CHECK(scene.refused(Scene_::anna("2022-05-11T08:00:00Z"), "instance.decider", scene.aline, "2022-05-11", keep) ==
        "Q002 at /effet"); // before the session
  CHECK(scene.refused(at("08"), "instance.decider", scene.aline, session,
                      R"({"nature": "maintien", "session": "2022-06-09"})") == "Q002 at /contenu/session");
  CHECK(scene.refused(at("08"), "instance.decider", scene.aline, session,
                      R"({"nature": "maintien", "session": "2022-07-07"})") == "Q002 at /contenu/session");
  CHECK(scene.refused(at("08"), "instance.decider", scene.basile, session, keep) == "R002"); // no referral of his
  CHECK(scene.refused(at("08"), "presence.noter", scene.i, "2022-05-11",
                      R"({"session": "2022-05-12", "qui": "professionnel:noe", "etat": "present"})") ==
        "Q002 at /effet");
  CHECK(scene.refused(at("08"), "session.tenir", scene.i, "2022-05-11", R"({"id": "2022-05-12"})") == "Q002 at /effet");

  CHECK(scene.agenda_of(at("08")).quorum.etat == "inconnu");
  scene.note("professionnel:ines", "present"); // an invited seat is no member's
  scene.note("professionnel:noe", "present");
  scene.note("professionnel:anna", "absent");
  const Agenda short_of = scene.agenda_of(at("12"));
  CHECK(short_of.quorum.etat == "non_atteint");
  CHECK(short_of.quorum.presents == 1);
  CHECK(scene.refused(at("13"), "instance.decider", scene.aline, session, keep) == "Q002 at /contenu/saisine");
  scene.note("professionnel:lou", "present", "2022-05-12T13:00:00Z");
  CHECK(scene.agenda_of(at("14")).quorum.etat == "atteint");
  const ActeFait decided = scene.does(at("14"), "instance.decider", scene.aline, session,
                                      R"({"nature": "maintien", "manque_offre": "offre_loin"})"); // its only referral
  CHECK(decided.avertissements.empty());
  CHECK(text_of(decided.evenements.front().contenu, "saisine") == id);
  CHECK(text_of(decided.evenements.front().contenu, "session") == session);
  const Agenda after = scene.agenda_of(at("15"));
  REQUIRE(after.cas.front().decision);
  CHECK(after.cas.front().decision->nature == "maintien");
  CHECK(after.cas.front().decision->manque_offre == "offre_loin");
  CHECK(after.cas.front().etape == "etudiee");
  CHECK(scene.refused(at("16"), "instance.decider", scene.aline, session,
                      R"({"saisine": ")" + id + R"(", "nature": "maintien"})") == "Q002 at /contenu/saisine");
  // Undone, it may be decided again.
  scene.bureau.annuler(at("17"), decided.acte);
  CHECK_FALSE(scene.agenda_of(at("18")).cas.front().decision);
}

TEST_CASE("a referral names a session that is to come, of an instance that is there, and her members alone",
          "[instances]") {
  Scene_ scene;
  scene.fix();
  const auto rene = Scene_::who("professionnel:rene", "referent", "2022-04-20T08:00:00Z", "accompagnement");
  const auto asked = [&](const std::string &content) {
    return scene.refused(rene, "saisine.deposer", scene.aline, "2022-04-20", content);
  };
  CHECK(asked(R"({"instance": "instance:z"})") == "E005");
  CHECK(asked(R"({"session": "2022-05-12"})") == "Q002 at /contenu/instance");
  CHECK(asked(R"({"instance": "instance:i", "session": "2022-05-13"})") == "Q002 at /contenu/session");
  CHECK(asked(R"({"instance": "instance:i", "membres": ["professionnel:olga"]})") == "Q002 at /contenu/membres");
  scene.does(rene, "saisine.deposer", scene.aline, "2022-04-20", R"({"instance": "instance:i"})");
  CHECK(scene.refused(rene, "saisine.inscrire", scene.aline, "2022-04-21") == "Q002 at /contenu/session");
  scene.does(Scene_::anna("2022-05-12T08:00:00Z"), "session.tenir", scene.i, session);
  const auto later = Scene_::who("professionnel:rene", "referent", "2022-05-13T08:00:00Z", "accompagnement");
  CHECK(scene.refused(later, "saisine.inscrire", scene.aline, "2022-05-13", R"({"session": "2022-05-12"})") ==
        "Q002 at /contenu/session"); // held
}

TEST_CASE("three receivers refuse, an instance is asked, she says no, and a reorientation by the law's authority alone "
          "makes the relay effective, her refusal beside it",
          "[instances]") {
  Scene_ scene;
  scene.fix();
  const auto rene = [](std::string_view at) {
    return Scene_::who("professionnel:rene", "referent", at, "accompagnement");
  };
  const auto ask = [&](const std::string &to, const std::string &on) {
    scene.does(rene(on + "T08:00:00Z"), "relais.demander", scene.aline, on,
               R"({"vers": "professionnel:)" + to + R"(", "motif": "besoin_specialise"})");
  };
  const auto receiver = [](const std::string &id, const std::string &on) {
    return Scene_::who("professionnel:" + id, "pressenti", on + "T09:00:00Z", "accompagnement");
  };
  for (const auto &[to, on] : std::vector<std::pair<std::string, std::string>>{
           {"paul", "2022-04-20"}, {"noe", "2022-04-21"}, {"lou", "2022-04-22"}}) {
    ask(to, on);
    const ActeFait no = scene.does(receiver(to, on), "relais.refuser", scene.aline, on);
    CHECK(no.evenements.size() == (to == "lou" ? 2u : 1u)); // the third one brings a referral
  }
  std::string referral;
  for (const auto &event : scene.journal->about(scene.aline))
    if (event.type == "saisine" && text_of(event.contenu, "motif") == "sans_solution")
      referral = text_of(event.contenu, "id");
  REQUIRE_FALSE(referral.empty());
  scene.does(rene("2022-04-23T08:00:00Z"), "saisine.inscrire", scene.aline, "2022-04-23",
             R"({"instance": "instance:i", "session": "2022-05-12"})");
  CHECK(scene.agenda_of(Scene_::anna("2022-04-24T08:00:00Z")).cas.front().motif == "sans_solution");

  // Another receiver is found, and says yes; she says no.
  scene.does(rene("2022-05-01T08:00:00Z"), "diagnostic.poser", scene.aline, "2022-05-01");
  ask("max", "2022-05-02");
  scene.does(rene("2022-05-02T10:00:00Z"), "rendez_vous.fixer", scene.aline, "2022-05-02", R"({"id": "R1"})");
  scene.does(rene("2022-05-02T11:00:00Z"), "rendez_vous.tenir", scene.aline, "2022-05-03", R"({"id": "R1"})");
  scene.does(rene("2022-05-03T12:00:00Z"), "relais.completer", scene.aline, "2022-05-03",
             R"({"informee": "oui", "rendez_vous": "R1"})");
  scene.does(Scene_::who("personne:aline", "personne", "2022-05-04T08:00:00Z", "accompagnement"), "relais.completer",
             scene.aline, "2022-05-04", R"({"accord": "non"})");
  scene.does(receiver("max", "2022-05-05"), "relais.accepter", scene.aline, "2022-05-05");
  CHECK(scene.refused(rene("2022-05-06T08:00:00Z"), "relais.effectuer", scene.aline, "2022-05-06") ==
        "Q003 at /conditions/accord_personne");

  for (const char *member : {"professionnel:anna", "professionnel:noe"})
    scene.note(member, "present");
  const auto decide = [&](const std::string &more) { return R"({"nature": "reorientation")" + more + "}"; };
  const auto anna = Scene_::anna("2022-05-12T14:00:00Z");
  const std::string authority = R"(, "autorite": "president_conseil_departemental")",
                    article = R"(, "article": "L262-39")", told = R"(, "notifie_le": {"@date": "2022-05-16"})";
  CHECK(scene.refused(anna, "instance.decider", scene.aline, session, decide("")) == "Q002 at /contenu/autorite");
  CHECK(scene.refused(anna, "instance.decider", scene.aline, session, decide(R"(, "autorite": "le_chef")")) ==
        "Q002 at /contenu/autorite");
  CHECK(scene.refused(anna, "instance.decider", scene.aline, session, decide(authority)) == "Q002 at /contenu/article");
  CHECK(scene.refused(anna, "instance.decider", scene.aline, session, decide(authority + R"(, "article": "L1")")) ==
        "Q002 at /contenu/article");
  CHECK(scene.refused(anna, "instance.decider", scene.aline, session, decide(authority + article)) ==
        "Q002 at /contenu/notifie_le");
  CHECK(scene.refused(anna, "instance.decider", scene.aline, session,
                      decide(authority + article + R"(, "notifie_le": {"@date": "2022-05-11"})")) ==
        "Q002 at /contenu/notifie_le");
  // Another decision does not do.
  const ActeFait kept = scene.does(anna, "instance.decider", scene.aline, session, R"({"nature": "nouveau_receveur"})");
  CHECK(scene.refused(rene("2022-05-17T07:00:00Z"), "relais.effectuer", scene.aline, "2022-05-17") ==
        "Q003 at /conditions/accord_personne");
  scene.bureau.annuler(Scene_::anna("2022-05-17T07:30:00Z"), kept.acte);
  const ActeFait decided = scene.does(Scene_::anna("2022-05-17T07:40:00Z"), "instance.decider", scene.aline, session,
                                      decide(authority + article + told));

  // Not before she is told of it.
  CHECK(scene.refused(rene("2022-05-17T08:00:00Z"), "relais.effectuer", scene.aline, "2022-05-15") ==
        "Q003 at /conditions/accord_personne");
  const ActeFait done = scene.does(rene("2022-05-17T09:00:00Z"), "relais.effectuer", scene.aline, "2022-05-17");
  CHECK(done.evenements.size() == 3);
  CHECK(done.avertissements.size() == 1);
  const auto states =
      etat_relais(*scene.journal, scene.guichet, *national_pack(), rights(), scene.regles,
                  Scene_::who("personne:aline", "personne", "2022-05-18T08:00:00Z", "accompagnement"), scene.aline);
  const auto effective =
      std::find_if(states.begin(), states.end(), [](const EtatRelais &one) { return one.etape == "effectif"; });
  REQUIRE(effective != states.end());
  CHECK(effective->accord == "non");
  CHECK(effective->accord_recueilli == "par_elle");
  CHECK(effective->dispenses == std::vector<std::string>{"accord_personne"});
  REQUIRE(effective->reorientation);
  CHECK(effective->reorientation->autorite == "president_conseil_departemental");
  CHECK(effective->reorientation->article == "L262-39");
  CHECK(effective->reorientation->notifie_le == day("2022-05-16"));
  // The decision is not undone under the relay that rests on it.
  CHECK(refusal([&] { scene.bureau.annuler(Scene_::anna("2022-05-18T09:00:00Z"), decided.acte); }) == "Q002 at /acte");
}

TEST_CASE("participation is counted apart for partners and persons, with situations, reorientations and gaps",
          "[instances]") {
  Scene_ scene;
  scene.fix();
  // Twelve people before the session of 12 May, seven of them reoriented; eight came.
  std::vector<Event> events;
  for (int k = 0; k < 12; ++k) {
    const std::string person = "personne:p" + std::to_string(k), id = "S" + std::to_string(k);
    events.push_back({person, "identite", R"({"nom": "EXEMPLE", "prenom": "Zoé"})", april});
    events.push_back(
        {person, "saisine",
         R"({"id": ")" + id + R"(", "etape": "inscrite", "instance": "instance:i", "session": "2022-05-12"})",
         "2022-05-01"});
    events.push_back({person, "decision_instance",
                      R"({"saisine": ")" + id + R"(", "nature": ")" + (k < 7 ? "reorientation" : "maintien") +
                          R"(", "manque_offre": ")" +
                          (k < 6   ? "offre_loin"
                           : k < 8 ? "offre_absente"
                                   : "offre_delai") +
                          "\"}",
                      session});
    events.push_back({"instance:i", "presence",
                      R"({"session": "2022-05-12", "qui": ")" + person + R"(", "qualite": "personne", "etat": ")" +
                          (k < 8 ? "present" : "absent") + "\"}",
                      session});
  }
  for (const auto &[who, state] :
       std::vector<std::pair<std::string, std::string>>{{"anna", "present"}, {"noe", "present"}, {"rene", "excuse"}})
    events.push_back({"instance:i", "presence",
                      R"({"session": "2022-05-12", "qui": "professionnel:)" + who +
                          R"(", "qualite": "membre", "etat": ")" + state + "\"}",
                      session});
  events.push_back({"instance:i", "session", R"({"id": "2022-05-12", "etape": "tenue"})", session});
  record(*scene.journal, session, events);

  const auto pilot = Scene_::who("professionnel:pia", "pilote", "2022-06-01T08:00:00Z", "pilotage");
  const auto count = [&](const droits::Demande &demand, std::string_view from, std::string_view to) {
    return participation(scene.guichet, *national_pack(), demand, scene.i, day(from), day(to));
  };
  const Participation all = count(pilot, "2022-05-01", "2022-05-31");
  CHECK(all.seances == 1);
  CHECK(all.seances_sans_presence == 0);
  CHECK(all.partenaires.convies == 3);
  CHECK(all.partenaires.presents == 2);
  CHECK(all.partenaires.taux->to_string() == "0.667");
  CHECK(all.personnes.convies == 12);
  CHECK_FALSE(all.personnes.presents); // four did not come: fewer than five
  CHECK_FALSE(all.personnes.taux);
  CHECK(all.situations_etudiees == 12);
  CHECK(all.reorientations == 7);
  REQUIRE(all.manques.size() == 3); // 2 without offer, 4 too late, 6 too far
  CHECK(all.manques[0].code == "offre_absente");
  CHECK_FALSE(all.manques[0].effectif);
  CHECK_FALSE(all.manques[1].effectif);
  CHECK(all.manques[2].effectif == 6);
  CHECK(all.petits_effectifs);
  const Participation none = count(pilot, "2022-06-01", "2022-06-30");
  CHECK(none.seances == 0);
  CHECK(none.situations_etudiees == 0);
  CHECK_FALSE(none.partenaires.taux);
  CHECK_FALSE(none.petits_effectifs);
  // Three of those who came object to it: they are not counted.
  for (const char *who : {"p0", "p1", "p2"})
    record(*scene.journal, "2022-06-02",
           {{std::string("personne:") + who, "decision_donnees", R"({"genre": "opposition", "etape": "acceptee"})",
             "2022-06-02"}});
  auto later = pilot;
  later.instant = instant("2022-06-03T08:00:00Z");
  const Participation without = count(later, "2022-05-01", "2022-05-31");
  CHECK(without.personnes.convies == 9);
  CHECK(without.situations_etudiees == 9);
  CHECK_FALSE(without.reorientations); // 4 of 9
  // Whoever may count.
  CHECK(refusal([&] {
          count(Scene_::who("professionnel:rene", "referent", "2022-06-04T08:00:00Z", "accompagnement"), "2022-05-01",
                "2022-05-31");
        }) == "R002");
  CHECK(count(Scene_::anna("2022-06-04T08:00:00Z"), "2022-05-01", "2022-05-31").seances == 1);
  CHECK(refusal([&] {
          count(Scene_::who("professionnel:olga", "animateur", "2022-06-04T09:00:00Z"), "2022-05-01", "2022-05-31");
        }) == "R002");
  CHECK(refusal([&] { count(pilot, "2022-05-31", "2022-05-01"); }) == "Q001 at au");
}
