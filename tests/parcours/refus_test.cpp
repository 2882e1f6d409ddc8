// What is refused, and how it is told: each reason in both languages, codes of no list, things that the actor does not
// see.
#include "insertion/parcours/raisons.hpp"
#include "insertion/text_of.hpp"
#include "spie/diagnostic_fr.hpp"
#include "spie/parcours/acte.hpp"
#include "spie/parcours/relais.hpp"
#include "spie/parcours/relais_tous.hpp"
#include "spie/parcours/reseau.hpp"
#include "spie/parcours/satisfaction.hpp"
#include "tests/droits/scene.hpp"

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

using namespace spie;
using namespace spie::parcours;
using namespace spie::testing;

namespace {

std::shared_ptr<const Pack> convention_pack() {
  static const auto pack = Pack::load(std::string(SPIE_SOURCE_DIR) + "/packs/seine-et-marne-2022-2023");
  return pack;
}
const droits::Droits &convention_rights() {
  static const droits::Droits rights = droits::read_droits(*convention_pack());
  return rights;
}

struct Bureau_ {
  std::unique_ptr<dossier::Journal> journal = store::open_memory();
  std::unique_ptr<droits::JournalAcces> acces = store::open_acces_memory();
  dossier::Regles regles = dossier::read_regles(*convention_pack());
  droits::Guichet guichet{*journal, *acces, convention_rights(), regles};
  Bureau bureau{*journal, guichet, *convention_pack(), regles};

  Bureau_() {
    std::vector<Event> events{
        {"structure:s", "structure", R"({"nom": "Structure inventée"})", "2022-03-01"},
        {"structure:t", "structure", R"({"nom": "Autre inventée"})", "2022-03-01"},
        {"instance:i", "instance", R"({"nom": "Instance inventée", "quorum": 1})", "2022-03-01"},
        {"instance:i", "siege",
         R"({"professionnel": "professionnel:anna", "qualite": "animateur", "etape": "commence"})", "2022-03-01"},
        {"instance:i", "session", R"({"id": "2022-04-20", "etape": "fixee", "date": {"@date": "2022-04-20"}})",
         "2022-03-01"}};
    for (const char *who : {"aline", "bob"}) {
      events.push_back(
          {std::string("personne:") + who, "identite", R"({"nom": "EXEMPLE", "prenom": "Une"})", "2022-03-01"});
      events.push_back({std::string("personne:") + who, "referent",
                        R"({"role": "referent_unique", "etape": "nomme", "professionnel": "professionnel:)" +
                            std::string(*who == 'a' ? "rene" : "paul") + R"(", "structure": "structure:s"})",
                        "2022-03-01", "carnet"});
    }
    for (const char *who : {"rene", "paul", "anna", "ines"})
      events.push_back({std::string("professionnel:") + who, "professionnel", R"({"nom": "MODELE"})", "2022-03-01"});
    record(*journal, "2022-03-05", events);
  }
  static droits::Demande who(const std::string &id, const std::string &role, std::string_view at,
                             const std::string &purpose = "accompagnement") {
    return {{"professionnel:" + id, "", {role}}, purpose, instant(at), std::nullopt};
  }
  static droits::Demande rene(std::string_view at = "2022-04-02T08:00:00Z") { return who("rene", "referent", at); }
  static droits::Demande anna(std::string_view at = "2022-04-20T08:00:00Z") {
    return who("anna", "animateur", at, "instance");
  }
  static droits::Demande gina(std::string_view at = "2022-04-02T08:00:00Z") {
    return who("gina", "gestionnaire", at, "gestion");
  }
  ActeFait does(const droits::Demande &demand, const std::string &act, const std::string &on, std::string_view on_day,
                const std::string &content = "{}") {
    return bureau.agir(demand, {act, subject(on), day(on_day), read_json(content).context()});
  }
  // The whole finding, in both languages; nothing is recorded.
  std::string told(const droits::Demande &demand, const std::string &act, const std::string &on,
                   std::string_view on_day, const std::string &content = "{}") {
    const auto before = journal->head().seq;
    const std::string said = finding([&] { does(demand, act, on, on_day, content); });
    CHECK(journal->head().seq == before);
    return said;
  }
  template <class Act> static std::string finding(const Act &act) {
    try {
      act();
    } catch (const Error &error) {
      const EnFrancais french = en_francais(error.first());
      return to_string(error.first()) + " | " + french.phrase + " | " + french.details + " | " + french.remede + " | " +
             french.suggestion;
    }
    return "fait";
  }
  std::string refused(const droits::Demande &demand, const std::string &act, const std::string &on,
                      std::string_view on_day, const std::string &content = "{}") {
    const auto before = journal->head().seq;
    const std::string code = refusal([&] { does(demand, act, on, on_day, content); });
    CHECK(journal->head().seq == before);
    return code;
  }
};

std::set<char> places(std::string_view text) {
  std::set<char> found;
  for (std::size_t at = text.find('{'); at != std::string_view::npos; at = text.find('{', at + 1))
    found.insert(text.at(at + 1));
  return found;
}

const std::string narrow = "\xE2\x80\xAF";

// French typography: a narrow space inside quotes and before high marks, no straight apostrophe.
bool well_set(const std::string &text) {
  for (const char *mark : {":", ";", "!", "?", "»"})
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + 1))
      if (at < narrow.size() || text.compare(at - narrow.size(), narrow.size(), narrow) != 0)
        return false;
  for (std::size_t at = text.find("«"); at != std::string::npos; at = text.find("«", at + 1))
    if (text.compare(at + 2, narrow.size(), narrow) != 0)
      return false;
  return text.find('\'') == std::string::npos && text.back() != '.';
}

} // namespace

TEST_CASE("each reason of a refused act is told in English and in French, with its own remedy", "[refus]") {
  std::map<std::string_view, std::string_view> remedies;
  for (const Raison raison : toutes_les_raisons()) {
    const TexteRaison &said = texte(raison);
    INFO(said.message);
    REQUIRE(!said.raison.empty());
    REQUIRE(!said.remede.empty());
    CHECK(well_set(std::string(said.raison)));
    CHECK(well_set(std::string(said.remede)));
    CHECK(said.remedy.back() == '.');
    CHECK(remedies.try_emplace(said.remedy, said.remede).first->second == said.remede); // one remedy, one translation
    // What the English quotes, the French does; one reason has a word for each language.
    if (raison != Raison::autre_genre_de_reponse && raison != Raison::chose_sans_nom)
      CHECK(places(said.message) == places(said.raison));
    try {
      refuser(raison, "/contenu", {"un", "deux", "trois", "quatre"});
    } catch (const Error &error) {
      CHECK(text(error.first().code) == "Q002");
      CHECK(error.first().message.find('{') == std::string::npos);
      const EnFrancais french = en_francais(error.first());
      CHECK(french.phrase == meaning_fr(Code::path_step));
      CHECK(french.details.find('{') == std::string::npos);
      CHECK(french.details.starts_with(said.raison.substr(0, said.raison.find('{'))));
      CHECK(french.remede == said.remede);
    }
  }
}

TEST_CASE("no act is refused with Q002 but by a reason of the table", "[refus]") {
  for (const auto &file :
       std::filesystem::recursive_directory_iterator(std::string(SPIE_SOURCE_DIR) + "/src/insertion")) {
    if (!file.is_regular_file() || file.path().filename() == "raisons.cpp")
      continue;
    std::ostringstream content;
    content << std::ifstream(file.path()).rdbuf();
    INFO(file.path());
    CHECK(content.str().find("Code::path_step") == std::string::npos);
  }
}

TEST_CASE("an officer reads why, on which day, and what to do", "[refus]") {
  Bureau_ desk;
  const std::string said = desk.told(desk.rene(), "relais.demander", "personne:aline", "2022-04-02",
                                     R"({"vers": "professionnel:rene", "motif": "charge"})");
  CHECK(said.find("nul ne passe la main à lui-même | nommer quelqu’un d’autre") != std::string::npos);
  desk.does(desk.rene(), "rendez_vous.fixer", "personne:aline", "2022-04-02", R"({"id": "R1"})");
  CHECK(desk.told(desk.rene(), "rendez_vous.tenir", "personne:aline", "2022-04-01", R"({"id": "R1"})")
            .find("l’acte est du 1er avril 2022, avant l’étape à laquelle il répond, du 2 avril 2022") !=
        std::string::npos);
}

TEST_CASE("a code of no list is refused with its place and what was meant, and nothing is recorded", "[refus]") {
  Bureau_ desk;
  const auto rene = desk.rene();
  const std::string slip = desk.told(rene, "relais.demander", "personne:aline", "2022-04-02",
                                     R"({"vers": "professionnel:paul", "motif": "demenagment"})");
  CHECK(slip.starts_with("Q001 error at /contenu/motif: there is no code of 'relais.motif' 'demenagment', did you mean "
                         "'demenagement'?"));
  CHECK(slip.ends_with("| demenagement"));
  struct Essai {
    const char *act, *content, *place;
  };
  for (const Essai &one : {
           Essai{"relais.demander", R"({"vers": "professionnel:paul", "motif": "truc"})", "/contenu/motif"},
           Essai{"accompagnement.changer", R"({"dispositif": "truc"})", "/contenu/dispositif"},
           Essai{"accompagnement.changer", R"({"motif": "truc"})", "/contenu/motif"},
           Essai{"parcours.entrer", R"({"motif": "truc"})", "/contenu/motif"},
           Essai{"parcours.sortir", R"({"motif": "truc"})", "/contenu/motif"},
           Essai{"pause.commencer", R"({"motif": "truc"})", "/contenu/motif"},
           Essai{"action.proposer", R"({"libelle": "Atelier", "theme": "truc"})", "/contenu/theme"},
           Essai{"action.proposer", R"({"code": "truc_bidule"})", "/contenu/code"},
           Essai{"objectif.dire", R"({"id": "O", "libelle": "Conduire", "etat": "truc"})", "/contenu/etat"},
           Essai{"ressource.retenir", R"({"code": "truc", "reponse": "oui"})", "/contenu/code"},
           Essai{"rendez_vous.fixer", R"({"code_commune": "Meaux"})", "/contenu/code_commune"},
           Essai{"emploi.trouver", R"({"nature_contrat": "truc"})", "/contenu/nature_contrat"},
           Essai{"emploi.trouver", R"({"metier": "cuisinier"})", "/contenu/metier"},
           Essai{"immersion.prevoir", R"({"prescripteur": "truc"})", "/contenu/prescripteur"},
           Essai{"immersion.prevoir", R"({"usages": ["remplacement", "truc"]})", "/contenu/usages/1"},
           Essai{"saisine.deposer", R"({"motif": "truc"})", "/contenu/motif"},
           Essai{"membre.ajouter", R"({"professionnel": "professionnel:ines", "role": "truc"})", "/contenu/role"},
           Essai{"sollicitation.demander", R"({"a": "professionnel:paul", "objet": "truc"})", "/contenu/objet"},
           Essai{"vigilance.suivre", R"({"moment": "truc", "decision": "contact"})", "/contenu/moment"},
           Essai{"partage.noter", R"({"destinataire": "structure:s", "finalite": "truc"})", "/contenu/finalite"},
       }) {
    INFO(one.act << " " << one.content);
    CHECK(desk.refused(rene, one.act, "personne:aline", "2022-04-02", one.content) ==
          std::string("Q001 at ") + one.place);
  }
  const auto gina = desk.gina();
  CHECK(desk.refused(gina, "consortium.placer", "structure:s", "2022-04-02", R"({"cercle": "truc"})") ==
        "Q001 at /contenu/cercle");
  CHECK(desk.refused(gina, "label.changer", "structure:s", "2022-04-02",
                     R"({"etape": "demande", "criteres": ["truc"]})") == "Q001 at /contenu/criteres/0");
  CHECK(desk.refused(gina, "fonction.dire", "professionnel:rene", "2022-04-02", R"({"code": "truc"})") ==
        "Q001 at /contenu/code");
  CHECK(desk.refused(gina, "formation.prevoir", "professionnel:rene", "2022-04-02", R"({"module": "truc"})") ==
        "Q001 at /contenu/module");

  desk.does(rene, "saisine.deposer", "personne:aline", "2022-04-02",
            R"({"id": "S", "instance": "instance:i", "session": "2022-04-20", "motif": "cas_complexe"})");
  CHECK(desk.refused(desk.anna(), "instance.decider", "personne:aline", "2022-04-20",
                     R"({"saisine": "S", "nature": "bidon"})") == "Q001 at /contenu/nature");
  for (const char *field : {"manque_offre"})
    CHECK(desk.refused(desk.anna(), "instance.decider", "personne:aline", "2022-04-20",
                       R"({"saisine": "S", "nature": "maintien", ")" + std::string(field) + R"(": "truc"})") ==
          "Q001 at /contenu/" + std::string(field));
  // A field without a list is a free text to the masks, and so it stays (donnees/codes.json).
  CHECK_NOTHROW(desk.does(desk.anna(), "instance.decrire", "instance:i", "2022-04-20",
                          R"({"nom": "Instance inventée", "territoire": "Est"})"));
}

TEST_CASE("an action, and a step of the path, say what they are", "[refus]") {
  Bureau_ desk;
  for (const char *act : {"action.proposer", "action.choisir", "action.prescrire", "etape.ouvrir"}) {
    INFO(act);
    CHECK(desk.refused(desk.rene(), act, "personne:aline", "2022-04-02") == "Q002 at /contenu/libelle");
  }
  desk.does(desk.rene(), "action.proposer", "personne:aline", "2022-04-02", R"({"id": "A", "code": "aide_mobilite"})");
  CHECK_NOTHROW(desk.does(desk.rene(), "action.choisir", "personne:aline", "2022-04-02", R"({"id": "A"})"));
  CHECK_NOTHROW(desk.does(desk.rene(), "etape.ouvrir", "personne:aline", "2022-04-02", R"({"libelle": "Se former"})"));
}

TEST_CASE("presence is of who was convened; a guest is convened first, and of persons those of the cases alone",
          "[refus]") {
  Bureau_ desk;
  const auto note = [&](const std::string &who, const std::string &state) {
    return R"({"session": "2022-04-20", "qui": ")" + who + R"(", "etat": ")" + state + "\"}";
  };
  for (const char *state : {"present", "excuse", "absent"})
    CHECK(desk.refused(desk.anna(), "presence.noter", "instance:i", "2022-04-20", note("professionnel:ines", state)) ==
          "Q002 at /contenu/qui");
  CHECK(desk.refused(desk.anna(), "presence.noter", "instance:i", "2022-04-20", note("personne:aline", "present")) ==
        "Q002 at /contenu/qui");
  CHECK(desk.refused(desk.anna(), "presence.noter", "instance:i", "2022-04-20", note("personne:aline", "convie")) ==
        "Q002 at /contenu/qui");
  CHECK_NOTHROW(
      desk.does(desk.anna(), "presence.noter", "instance:i", "2022-04-20", note("professionnel:anna", "present")));
  const ActeFait guest =
      desk.does(desk.anna(), "presence.noter", "instance:i", "2022-04-20", note("professionnel:ines", "convie"));
  CHECK(text_of(guest.evenements.front().contenu, "qualite") == "invite");
  REQUIRE(guest.avertissements.size() == 1);
  CHECK_NOTHROW(
      desk.does(desk.anna(), "presence.noter", "instance:i", "2022-04-20", note("professionnel:ines", "present")));

  desk.does(desk.rene("2022-04-20T08:00:00Z"), "saisine.deposer", "personne:aline", "2022-04-02",
            R"({"id": "S", "instance": "instance:i", "motif": "cas_complexe"})");
  desk.does(desk.anna(), "saisine.inscrire", "personne:aline", "2022-04-02", R"({"session": "2022-04-20"})");
  for (const char *who : {"personne:aline", "professionnel:rene"}) // her case is entered; he leads
    CHECK_NOTHROW(desk.does(desk.anna(), "presence.noter", "instance:i", "2022-04-20", note(who, "present")));
}

TEST_CASE("what the actor does not see is refused as what is not there", "[refus][droits]") {
  Bureau_ desk;
  desk.does(desk.rene("2022-04-02T08:00:00Z"), "emploi.trouver", "personne:aline", "2022-04-02", R"({"id": "E1"})");
  desk.does(desk.rene("2022-04-02T09:00:00Z"), "rendez_vous.fixer", "personne:aline", "2022-04-02", R"({"id": "R1"})");
  desk.does(desk.rene("2022-04-02T10:00:00Z"), "rendez_vous.tenir", "personne:aline", "2022-04-02", R"({"id": "R1"})");
  desk.does(desk.rene("2022-04-02T11:00:00Z"), "pause.commencer", "personne:aline", "2022-04-02");
  const auto gina = desk.gina("2022-04-03T08:00:00Z"); // records, and sees none of these
  // A wrong step, a day before, one thing alone, nothing at all: Bob's dossier holds none.
  for (const char *act : {"rendez_vous.manquer", "rendez_vous.tenir", "emploi.terminer", "pause.reprendre"})
    for (const char *content : {"{}", R"({"id": "R1"})", R"({"id": "E1"})"})
      for (const char *on_day : {"2022-04-01", "2022-04-03"}) {
        if (std::string(act) == "emploi.terminer" && std::string(content) == R"({"id": "E1"})" &&
            std::string(on_day) == "2022-04-03")
          continue; // who names it goes on with it: that is his right
        INFO(act << " " << content << " " << on_day);
        CHECK(desk.told(gina, act, "personne:aline", on_day, content) ==
              desk.told(gina, act, "personne:bob", on_day, content));
      }
  CHECK_NOTHROW(desk.does(gina, "emploi.terminer", "personne:aline", "2022-04-03", R"({"id": "E1"})"));
}

TEST_CASE("an act that nobody did and one that is not the actor's to undo are one", "[refus][droits]") {
  Bureau_ desk;
  const ActeFait done =
      desk.does(desk.who("paul", "referent", "2022-04-02T08:00:00Z"), "pause.commencer", "personne:bob", "2022-04-02");
  const auto undo = [&](const droits::Demande &demand, std::string number) {
    std::string said = Bureau_::finding([&] { desk.bureau.annuler(demand, number); });
    for (std::size_t at; (at = said.find(number)) != std::string::npos;)
      said.replace(at, number.size(), "#");
    return said;
  };
  const auto rene = desk.rene("2022-04-03T08:00:00Z"); // no tie to Bob
  CHECK(undo(rene, done.acte).starts_with("E005 error at /acte"));
  CHECK(undo(rene, done.acte) == undo(rene, "nulle-part"));
  const auto max = Bureau_::who("max", "membre", "2022-04-03T08:00:00Z");
  CHECK(undo(max, done.acte) == undo(max, "nulle-part"));
  CHECK(undo(desk.who("paul", "referent", "2022-04-03T08:00:00Z"), done.acte) == "fait");
}

TEST_CASE("a relay for all tells nobody who is unknown from somebody who leads none that he sees", "[refus][droits]") {
  Bureau_ desk;
  const auto asked = [&](const std::string &who) {
    std::string said = Bureau_::finding([&] {
      relayer_tous(*desk.journal, desk.guichet, *convention_pack(), desk.regles, desk.rene("2022-04-03T08:00:00Z"),
                   read_demande_relais_tous(read_json(R"({"de": ")" + who + R"(", "effet": "2022-04-03",
                       "contenu": {"vers": "professionnel:ines", "motif": "charge"}})")));
    });
    for (std::size_t at; (at = said.find(who)) != std::string::npos;)
      said.replace(at, who.size(), "#");
    return said;
  };
  CHECK(asked("professionnel:paul").starts_with("E005 error at /de"));
  CHECK(asked("professionnel:paul") == asked("professionnel:personne"));
}

TEST_CASE("a relay for all that fails half way leaves nothing of a dossier", "[refus]") {
  Bureau_ desk;
  record(*desk.journal, "2022-03-06",
         {{"personne:aline", "referent",
           R"({"role": "coordinateur", "etape": "nomme", "professionnel": "professionnel:rene"})", "2022-03-02",
           "carnet"}});
  // Of his two roles one is asked for already: neither is asked for anew.
  desk.does(desk.rene("2022-04-02T08:00:00Z"), "relais.demander", "personne:aline", "2022-04-02",
            R"({"vers": "professionnel:paul", "motif": "charge", "role": "referent_unique"})");
  const auto before = desk.journal->head().seq;
  const RelaisTous made =
      relayer_tous(*desk.journal, desk.guichet, *convention_pack(), desk.regles, desk.rene("2022-04-03T08:00:00Z"),
                   read_demande_relais_tous(read_json(R"({"de": "professionnel:rene", "effet": "2022-04-03",
        "contenu": {"vers": "professionnel:ines", "motif": "charge"}})")));
  REQUIRE(made.dossiers.size() == 1);
  CHECK(made.dossiers.front().refus.size() == 1);
  CHECK(made.dossiers.front().actes.empty());
  CHECK(desk.journal->head().seq == before);
}

TEST_CASE("an answer of satisfaction finds out no structure that the dossier does not show", "[refus][droits]") {
  Bureau_ desk;
  const auto answer = [&](const std::string &structure, std::string_view when = "2022-05-03T08:00:00Z") {
    const ReponseSatisfaction given =
        read_reponse_satisfaction(read_json(R"({"personne": "personne:aline", "structure": "structure:)" + structure +
                                            R"(", "reponses": {"avance": "plutot_oui"}})"));
    std::string said = Bureau_::finding(
        [&] { repondre_satisfaction(*desk.journal, desk.guichet, *convention_pack(), desk.rene(when), given); });
    const std::string name = "structure:" + structure;
    for (std::size_t at; (at = said.find(name)) != std::string::npos;)
      said.replace(at, name.size(), "#");
    return said;
  };
  CHECK(answer("s") == "fait");
  CHECK(answer("t") != "fait");
  // The use of what says who follows her is limited: René finds out no more of it.
  record(*desk.journal, "2022-05-03",
         {{"personne:aline", "decision_donnees",
           R"({"genre": "limitation", "etape": "acceptee", "objets": ["referent.structure"]})", "2022-04-01"}});
  const std::string later = "2022-05-04T08:00:00Z";
  CHECK(answer("s", later) != "fait");
  CHECK(answer("s", later) == answer("t", later));
}

TEST_CASE("a structure that nobody knows has no follow-up to tell", "[refus]") {
  Bureau_ desk;
  const auto asked = [&](const std::string &structure) {
    return refusal(
        [&] { suivis_label(desk.guichet, *convention_pack(), desk.gina(), subject(structure), day("2022-04-03")); });
  };
  CHECK(asked("structure:s").empty());
  CHECK(asked("structure:inconnue") == "E005");
}
