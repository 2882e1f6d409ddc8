// Random sequences of acts by whoever may try them: what holds whatever they do.
#include "insertion/text_of.hpp"
#include "spie/dossier/contenu.hpp"
#include "spie/parcours/acte.hpp"
#include "spie/parcours/instance.hpp"
#include "spie/parcours/relais_tous.hpp"
#include "tests/droits/scene.hpp"

#include <random>
#include <set>

using namespace spie;
using namespace spie::parcours;
using namespace spie::testing;

namespace {

struct Vie {
  std::unique_ptr<dossier::Journal> journal = store::open_memory();
  std::unique_ptr<droits::JournalAcces> acces = store::open_acces_memory();
  dossier::Regles regles;
  droits::Guichet guichet{*journal, *acces, rights(), regles};
  Bureau bureau{*journal, guichet, *national_pack(), regles};
  dossier::Sujet aline = subject("personne:aline");
  std::mt19937 random;
  std::int64_t hour = 0;
  std::vector<std::string> done; // acts

  explicit Vie(unsigned seed) : random(seed) {
    record(*journal, "2022-03-01",
           {{"personne:aline", "identite", R"({"nom": "EXEMPLE", "prenom": "Aline"})", "2022-03-01"},
            {"personne:aline", "referent",
             R"({"role": "referent_unique", "etape": "nomme", "professionnel": "professionnel:p0"})", "2022-03-01",
             "carnet"},
            {"professionnel:p0", "professionnel", R"({"nom": "MODELE"})", "2022-03-01"},
            {"professionnel:p1", "professionnel", R"({"nom": "MODELE"})", "2022-03-01"},
            {"professionnel:p2", "professionnel", R"({"nom": "MODELE"})", "2022-03-01"}});
  }
  std::size_t draw(std::size_t below) { return std::uniform_int_distribution<std::size_t>(0, below - 1)(random); }
  template <class List> const auto &pick(const List &list) { return list[draw(std::size(list))]; }

  dossier::Instant now() { return dossier::Instant{instant("2022-05-02T08:00:00Z").ms + (++hour) * 3'600'000}; }
  std::string views() {
    std::string all;
    for (const char *at : {"2022-03-10", "2022-04-01", "2023-01-01"}) {
      auto view = dossier::situation(*journal, aline, day(at));
      view.seq = 0;
      all += write_json(dossier::to_value(view));
    }
    return all;
  }
  // Who leads at the end of all that is said, by role.
  std::vector<std::string> leading() {
    std::vector<std::string> names;
    const auto view = dossier::situation(*journal, aline, day("2024-01-01"));
    for (const auto &fact : view.faits)
      if (fact.type == "referent" && fact.champ == "etape" && fact.dire.valeur.text() == "nomme")
        names.push_back(fact.cle);
    return names;
  }
};

const std::vector<std::pair<std::string, std::string>> people{
    {"personne:aline", "personne"},    {"personne:aline", "personne"},   {"professionnel:p0", "referent"},
    {"professionnel:p0", "referent"},  {"professionnel:p1", "referent"}, {"professionnel:p1", "pressenti"},
    {"professionnel:p2", "pressenti"}, {"professionnel:p2", "referent"}, {"professionnel:g", "gestionnaire"}};
const std::vector<std::string> acts{"relais.demander",   "relais.completer", "relais.effectuer", "relais.accepter",
                                    "relais.completer",  "relais.effectuer", "referent.nommer",  "referent.terminer",
                                    "relais.demander",   "relais.completer", "relais.accepter",  "relais.refuser",
                                    "relais.retirer",    "relais.effectuer", "diagnostic.poser", "rendez_vous.fixer",
                                    "rendez_vous.tenir", "action.proposer",  "action.choisir",   "action.refuser",
                                    "immersion.prevoir", "immersion.signer", "immersion.bilan",  "saisine.deposer",
                                    "pause.commencer",   "pause.reprendre"};

// How a relay goes when all goes well; most lives begin so, a step forgotten now and then.
struct Pas {
  std::size_t who; // of `people`
  std::string act;
  feel::Context content;
};
const std::vector<Pas> usual{{2, "diagnostic.poser", {}},
                             {2, "relais.demander", {{"vers", "professionnel:p1"}, {"motif", "charge"}}},
                             {0, "relais.completer", {{"informee", "oui"}, {"accord", "oui"}}},
                             {2, "rendez_vous.fixer", {{"id", "R1"}}},
                             {2, "rendez_vous.tenir", {{"id", "R1"}}},
                             {2, "relais.completer", {{"rendez_vous", "R1"}}},
                             {5, "relais.accepter", {}},
                             {2, "relais.effectuer", {}}};

feel::Context content_of(Vie &life, const std::string &act) {
  feel::Context content;
  const std::string someone = "professionnel:p" + std::to_string(life.draw(4) == 0 ? life.draw(3) : 1);
  if (act == "referent.nommer")
    content = {{"role", life.draw(4) == 0 ? "coordinateur" : "referent_unique"}, {"professionnel", someone}};
  if (act == "referent.terminer")
    content = {{"role", "referent_unique"}};
  if (act == "relais.demander")
    content = {{"vers", someone}, {"motif", "charge"}};
  if (act == "relais.completer") {
    content = {{"informee", life.draw(3) == 0 ? "non" : "oui"}};
    if (life.draw(2) == 0)
      content.set("accord", life.draw(4) == 0 ? "non" : "oui");
    if (life.draw(3) == 0)
      content.set("accord_recueilli", "oral");
    if (life.draw(2) == 0)
      content.set("rendez_vous", "R1");
  }
  if (act.starts_with("rendez_vous"))
    content = {{"id", "R1"}};
  if (act.starts_with("action"))
    content = {{"id", "A1"}, {"libelle", "Atelier"}};
  if (act.starts_with("immersion"))
    content = act == "immersion.bilan"
                  ? feel::Context{{"immersion", "I1"}, {"issue", "complete"}}
                  : feel::Context{{"id", "I1"}, {"date_debut", "2022-03-20"}, {"date_fin", "2022-04-01"}};
  return content;
}

} // namespace

TEST_CASE("whatever sequence of acts is tried, one leads by role, no relay skips its conditions, and undoing restores",
          "[parcours]") {
  std::size_t effective = 0, undone = 0, refused = 0, recorded = 0;
  for (unsigned seed = 1; seed <= 1000; ++seed) {
    Vie life(seed);
    std::string before = life.views();
    for (int step = 0; step < 30; ++step) {
      const auto at = static_cast<std::size_t>(step);
      const bool as_usual = at < usual.size() && life.draw(12) != 0;
      const auto &[who, role] = as_usual ? people[usual[at].who] : life.pick(people);
      const droits::Demande demand{
          {who, "", {role}}, role == "gestionnaire" ? "gestion" : "accompagnement", life.now(), {}};
      const std::string &act = as_usual ? usual[at].act : life.pick(acts);
      const DemandeActe asked{
          act, life.aline,
          feel::Date{day("2022-03-05").days + step / 3 + (as_usual ? 0 : static_cast<std::int64_t>(life.draw(3)))},
          as_usual ? usual[at].content : content_of(life, act)};
      const auto head = life.journal->head().seq;
      INFO(seed << " " << step << " " << act << " by " << role);
      try {
        const ActeFait done = life.bureau.agir(demand, asked);
        ++recorded;
        const std::string after = life.views();
        if (act == "relais.effectuer") {
          ++effective;
          const auto view = dossier::situation(*life.journal, life.aline, day("2024-01-01"));
          const std::string id = text_of(done.evenements.front().contenu, "id");
          // Of the two that are never waived here, each is said.
          REQUIRE(view.find("relais." + id + ".informee") != nullptr);
          CHECK(view.find("relais." + id + ".informee")->dire.valeur.text() == "oui");
          REQUIRE(view.find("relais." + id + ".accord") != nullptr);
          CHECK(view.find("relais." + id + ".accord")->dire.valeur.text() == "oui");
          CHECK(view.find("relais." + id + ".vers")->dire.valeur.text() ==
                view.find("referent.referent_unique.professionnel")->dire.valeur.text());
        }
        if (!as_usual && life.draw(3) == 0) {
          // Who handed over, or withdrew, may not undo it any more.
          const std::string kept = refusal([&] {
            life.bureau.annuler({demand.acteur, demand.finalite, life.now(), {}}, done.acte);
          });
          CHECK((kept.empty() || kept == "R002"));
          if (kept.empty())
            ++undone;
          if (kept.empty())
            CHECK((life.views() == before));
          else
            before = after;
        } else {
          before = after;
        }
      } catch (const Error &fault) {
        ++refused;
        const std::string code(text(fault.first().code));
        CHECK(life.journal->head().seq <= head + 1); // the identity of the journal of accesses, once
        CHECK((code == "R002" || code == "Q002" || code == "Q003" || code == "E005"));
      }
      const auto leading = life.leading();
      CHECK(leading.size() == std::set<std::string>(leading.begin(), leading.end()).size());
      CHECK(leading.size() <= 1); // nor a référent beside a coordinator, which the pack does not have together
    }
  }
  CHECK(effective > 20);
  CHECK(undone > 100);
  CHECK(refused > 100);
  CHECK(recorded > 1000);
}

// Instances, appointments, solicitations, sharing and relays for all, right and wrong, in any order.
TEST_CASE("whatever newer act is tried, it is recorded whole or refused with a code that says why, and undone whole",
          "[parcours]") {
  struct Essai {
    const char *who, *role, *purpose, *act, *on, *content;
  };
  const std::vector<Essai> tries{
      {"professionnel:p0", "animateur", "instance", "session.fixer", "instance:i", R"({"date": "2022-03-20"})"},
      {"professionnel:p0", "animateur", "instance", "session.convoquer", "instance:i", "{}"},
      {"professionnel:p0", "animateur", "instance", "session.tenir", "instance:i", R"({"id": "2022-03-20"})"},
      {"professionnel:p0", "animateur", "instance", "session.annuler", "instance:i", R"({"id": "2022-03-20-2"})"},
      {"professionnel:p0", "animateur", "instance", "presence.noter", "instance:i",
       R"({"session": "2022-03-20", "qui": "professionnel:p0", "etat": "present"})"},
      {"professionnel:p0", "animateur", "instance", "presence.noter", "instance:i",
       R"({"session": "2022-03-20", "qui": "personne:aline", "etat": "absent"})"},
      {"professionnel:p0", "animateur", "instance", "saisine.inscrire", "personne:aline",
       R"({"session": "2022-03-20"})"},
      {"professionnel:p0", "animateur", "instance", "instance.decider", "personne:aline", R"({"nature": "maintien"})"},
      {"professionnel:p0", "animateur", "instance", "instance.decider", "personne:aline", R"({"nature": "bidon"})"},
      {"professionnel:p0", "referent", "accompagnement", "saisine.deposer", "personne:aline",
       R"({"instance": "instance:i", "motif": "cas_complexe"})"},
      {"professionnel:p0", "referent", "accompagnement", "saisine.retirer", "personne:aline", "{}"},
      {"professionnel:p0", "referent", "accompagnement", "rendez_vous.fixer", "personne:aline",
       R"({"prevu_le": "2022-04-01T08:00:00Z"})"},
      {"professionnel:p0", "referent", "accompagnement", "rendez_vous.manquer", "personne:aline", "{}"},
      {"professionnel:p0", "referent", "accompagnement", "rendez_vous.excuser", "personne:aline", "{}"},
      {"professionnel:p0", "referent", "accompagnement", "rendez_vous.annuler", "personne:aline", "{}"},
      {"professionnel:p0", "referent", "accompagnement", "membre.ajouter", "personne:aline",
       R"({"professionnel": "professionnel:p1", "role": "conseiller"})"},
      {"professionnel:p0", "referent", "accompagnement", "membre.retirer", "personne:aline", "{}"},
      {"professionnel:p0", "referent", "accompagnement", "sollicitation.demander", "personne:aline",
       R"({"a": "professionnel:p1", "objet": "avis"})"},
      {"professionnel:p1", "membre", "accompagnement", "sollicitation.repondre", "personne:aline", "{}"},
      {"professionnel:p0", "referent", "accompagnement", "sollicitation.clore", "personne:aline", "{}"},
      {"professionnel:p2", "membre", "accompagnement", "sollicitation.demander", "personne:aline",
       R"({"a": "professionnel:p0"})"},
      {"professionnel:p0", "referent", "accompagnement", "partage.noter", "personne:aline",
       R"({"destinataire": "structure:s", "finalite": "accompagnement", "moyen": "fichier"})"},
      {"professionnel:p0", "referent", "accompagnement", "partage.noter", "personne:aline",
       R"({"destinataire": "structure:s", "finalite": "curiosite"})"},
  };
  std::size_t undone = 0, refused = 0, recorded = 0, relayed = 0;
  for (unsigned seed = 1; seed <= 200; ++seed) {
    Vie life(seed);
    record(*life.journal, "2022-03-02",
           {{"instance:i", "instance", R"({"nom": "Instance inventée", "quorum": 1})", "2022-03-01"},
            {"instance:i", "siege",
             R"({"professionnel": "professionnel:p0", "qualite": "animateur", "etape": "commence"})", "2022-03-01"}});
    for (int step = 0; step < 40; ++step) {
      const Essai &one = life.pick(tries);
      const droits::Demande demand{{one.who, "", {one.role}}, one.purpose, life.now(), {}};
      const DemandeActe asked{one.act, subject(one.on),
                              feel::Date{day("2022-03-10").days + static_cast<std::int64_t>(life.draw(20))},
                              read_json(one.content).context()};
      const std::string before = life.views();
      const auto head = life.journal->head().seq;
      INFO(seed << " " << step << " " << one.act);
      try {
        if (life.draw(10) == 0) {
          const auto all = read_demande_relais_tous(read_json(
              R"({"de": "professionnel:p0", "effet": "2022-03-15",
                  "contenu": {"vers": "professionnel:p1", "motif": "charge"}})"));
          const RelaisTous made =
              relayer_tous(*life.journal, life.guichet, *national_pack(), life.regles,
                           {{"professionnel:p0", "", {"referent"}}, "accompagnement", life.now(), {}}, all);
          CHECK(made.faits + made.refuses == static_cast<std::int64_t>(made.dossiers.size()));
          CHECK((made.faits > 0 || life.journal->head().seq <= head + 1));
          relayed += static_cast<std::size_t>(made.faits);
          continue;
        }
        const ActeFait done = life.bureau.agir(demand, asked);
        ++recorded;
        for (const auto &event : done.evenements)
          CHECK(event.acte == done.acte);
        if (life.draw(3) == 0) {
          life.bureau.annuler({demand.acteur, demand.finalite, life.now(), {}}, done.acte);
          ++undone;
          CHECK(life.views() == before);
        }
      } catch (const Error &fault) {
        ++refused;
        const std::string code(text(fault.first().code));
        INFO(fault.what());
        CHECK((code == "R002" || code == "Q001" || code == "Q002" || code == "E005"));
        if (code != "R002" && code != "Q002")
          CHECK(life.journal->head().seq <= head + 1);
      }
      CHECK(life.leading().size() <= 1);
    }
  }
  CHECK(recorded > 500);
  CHECK(refused > 500);
  CHECK(undone > 100);
  CHECK(relayed > 20);
}
