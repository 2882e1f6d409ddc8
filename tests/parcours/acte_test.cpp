// Acts of the path: what they ask for, what they follow, what they bring with them, and their undoing.
#include "insertion/text_of.hpp"
#include "spie/dossier/contenu.hpp"
#include "spie/parcours/acte.hpp"
#include "spie/parcours/relais.hpp"
#include "tests/droits/scene.hpp"

using namespace spie;
using namespace spie::parcours;
using namespace spie::testing;

namespace {

struct Bureau_ {
  std::unique_ptr<dossier::Journal> journal = store::open_memory();
  std::unique_ptr<droits::JournalAcces> acces = store::open_acces_memory();
  dossier::Regles regles = dossier::read_regles(*national_pack());
  droits::Guichet guichet{*journal, *acces, rights(), regles};
  Bureau bureau{*journal, guichet, *national_pack(), regles};
  dossier::Sujet aline = subject("personne:aline");

  Bureau_() {
    record(*journal, "2022-03-05",
           {{"personne:aline", "identite", R"({"nom": "EXEMPLE", "prenom": "Aline"})", "2022-03-01"},
            {"personne:aline", "referent",
             R"({"role": "referent_unique", "etape": "nomme", "professionnel": "professionnel:rene"})", "2022-03-01",
             "carnet"},
            {"professionnel:rene", "professionnel", R"({"nom": "MODELE", "prenom": "René"})", "2022-03-01"},
            {"professionnel:paul", "professionnel", R"({"nom": "MODELE", "prenom": "Paul"})", "2022-03-01"}});
  }

  static droits::Demande who(const std::string &id, const std::string &role, std::string_view at,
                             const std::string &purpose = "accompagnement") {
    return {{id, "", {role}}, purpose, instant(at), std::nullopt};
  }
  ActeFait does(const droits::Demande &who, const std::string &act, std::string_view day_,
                const std::string &content = "{}") {
    return bureau.agir(who, {act, aline, day(day_), read_json(content).context()});
  }
  std::string refused(const droits::Demande &who, const std::string &act, std::string_view day_,
                      const std::string &content = "{}") {
    return refusal([&] { does(who, act, day_, content); });
  }
  std::string referent(std::string_view at) {
    const auto view = dossier::situation(*journal, aline, day(at));
    const auto *who = view.find("referent.referent_unique.professionnel");
    const auto *step = view.find("referent.referent_unique.etape");
    return who == nullptr ? "-" : who->dire.valeur.text() + " " + step->dire.valeur.text();
  }
};

const auto rene = [](std::string_view at) { return Bureau_::who("professionnel:rene", "referent", at); };
const auto paul = [](std::string_view at) { return Bureau_::who("professionnel:paul", "pressenti", at); };
const auto aline_ = [](std::string_view at) { return Bureau_::who("personne:aline", "personne", at); };

const std::string asked = R"({"vers": "professionnel:paul", "motif": "demenagement", "texte": "elle part à Meaux"})";

} // namespace

TEST_CASE("every act of the table asks for a right of the pack and names a step of its type", "[parcours]") {
  for (const Transition &one : transitions()) {
    INFO(one.acte);
    const dossier::TypeContenu *type = dossier::find_type(one.type);
    REQUIRE(type != nullptr);
    CHECK_FALSE(rights().habilitations_of(one.droit).empty());
    const auto entries = rights().habilitations_of(one.type, one.vers == "=" ? std::string_view() : one.vers);
    for (const auto *entry : entries)
      CHECK(entry->acte == one.droit);
    CHECK((one.vers.empty() || type->cardinalite == dossier::Cardinalite::etapes));
    CHECK(find_transition(one.acte) == &one);
  }
}

TEST_CASE("the number of an act is its author's, and tells nothing of what others did", "[parcours]") {
  Bureau_ desk;
  record(*desk.journal, "2022-03-06",
         {{"personne:bob", "identite", R"({"nom": "EXEMPLE", "prenom": "Bob"})", "2022-03-01"},
          {"personne:bob", "referent",
           R"({"role": "referent_unique", "etape": "nomme", "professionnel": "professionnel:paul"})", "2022-03-01"}});
  const auto does = [&](const droits::Demande &who, const std::string &whose) {
    return desk.bureau.agir(who, read_demande_acte(read_json(R"({"acte": "action.proposer", "sujet": ")" + whose +
                                                             R"(", "effet": "2022-04-02", "numero": "X",
                                                                 "contenu": {"libelle": "Atelier"}})")));
  };
  const auto as = [](const std::string &id, std::string_view at) { return Bureau_::who(id, "referent", at); };
  does(as("professionnel:paul", "2022-04-02T08:00:00Z"), "personne:bob");
  // René has no tie to Bob.
  does(as("professionnel:rene", "2022-04-02T09:00:00Z"), "personne:aline");
  CHECK(refusal([&] { does(as("professionnel:rene", "2022-04-02T10:00:00Z"), "personne:aline"); }) ==
        "E006 at /numero");
  // Each undoes his own.
  CHECK(desk.bureau.annuler(as("professionnel:rene", "2022-04-02T11:00:00Z"), "X").evenements.front().sujets.front() ==
        desk.aline);
  CHECK(desk.bureau.annuler(as("professionnel:paul", "2022-04-02T12:00:00Z"), "X").evenements.front().sujets.front() ==
        subject("personne:bob"));
}

TEST_CASE("an act of a day that cannot be is refused, and what it completes is not told again", "[parcours]") {
  Bureau_ desk;
  for (const char *day_ : {"0001-01-01", "1899-12-31", "2032-04-03", "9999-12-31"})
    CHECK(desk.refused(rene("2022-04-02T08:00:00Z"), "rendez_vous.fixer", day_) == "Q001 at /effet");
  desk.does(rene("2022-04-02T08:00:00Z"), "relais.demander", "2022-04-02", asked);
  const ActeFait done =
      desk.does(aline_("2022-04-03T08:00:00Z"), "relais.completer", "2022-04-03", R"({"accord": "oui"})");
  CHECK(done.evenements.front().contenu.find("accord") != nullptr);
  CHECK(done.evenements.front().contenu.find("texte") == nullptr);
}

TEST_CASE("an immersion is planned and signed with what the law says of it", "[parcours]") {
  Bureau_ desk;
  const auto planned = [](const std::string &id, const std::string &first, const std::string &last) {
    return R"({"id": ")" + id + R"(", "structure": "structure:atelier", "objet": "decouvrir_metier", "objectifs": )" +
           R"(["cuisine"], "date_debut": {"@date": ")" + first + R"("}, "date_fin": {"@date": ")" + last + R"("}})";
  };
  CHECK(desk.does(rene("2022-04-01T08:00:00Z"), "immersion.prevoir", "2022-04-01",
                  planned("I", "2022-04-04", "2022-05-03"))
            .avertissements.empty()); // a month, date to date
  CHECK(desk.does(rene("2022-04-02T08:00:00Z"), "immersion.signer", "2022-04-02", R"({"id": "I"})")
            .avertissements.empty());
  // D5135-3: a month at most, another object or other goals for a second convention, sixty days in twelve months.
  const ActeFait second = desk.does(rene("2022-06-01T08:00:00Z"), "immersion.prevoir", "2022-06-01",
                                    planned("J", "2022-06-06", "2022-07-06"));
  REQUIRE(second.avertissements.size() == 3); // 30 and 31 days are 61 too
  CHECK(second.avertissements[0].message.find("'duree'") != std::string::npos);
  CHECK(second.avertissements[1].message.find("'objets'") != std::string::npos);
  CHECK(second.avertissements[2].message.find("'total_jours'") != std::string::npos);
  CHECK(second.avertissements[0].details.find("5 juillet 2022") != std::string::npos);
}

TEST_CASE("a relay goes from the demand to its effect, and the référent stays until then", "[parcours]") {
  Bureau_ desk;
  desk.does(rene("2022-04-01T08:00:00Z"), "diagnostic.poser", "2022-04-01", R"({"complet": true})");
  // Who does not lead hands nothing over, least of all to who does.
  CHECK(desk.refused(rene("2022-04-02T07:00:00Z"), "relais.demander", "2022-04-02",
                     R"({"de": "professionnel:paul", "vers": "professionnel:rene", "motif": "charge"})") ==
        "Q002 at /contenu/de");
  const ActeFait demand = desk.does(rene("2022-04-02T08:00:00Z"), "relais.demander", "2022-04-02", asked);
  CHECK(demand.evenements.size() == 1);
  CHECK(desk.refused(rene("2022-04-02T09:00:00Z"), "relais.demander", "2022-04-02", asked).starts_with("Q002"));
  CHECK(desk.refused(paul("2022-04-03T08:00:00Z"), "relais.effectuer", "2022-04-03").starts_with("Q003"));
  CHECK(desk.refused(rene("2022-04-03T08:00:00Z"), "relais.accepter", "2022-04-03").starts_with("R002"));
  desk.does(paul("2022-04-04T08:00:00Z"), "relais.accepter", "2022-04-04");
  CHECK(desk.referent("2022-04-30") == "professionnel:rene nomme");
  desk.does(rene("2022-04-05T08:00:00Z"), "rendez_vous.fixer", "2022-04-05", R"({"id": "R1"})");
  desk.does(rene("2022-04-08T08:00:00Z"), "rendez_vous.tenir", "2022-04-08");
  desk.does(rene("2022-04-08T09:00:00Z"), "relais.completer", "2022-04-08",
            R"({"rendez_vous": "R1", "informee": "oui"})");
  CHECK(desk.refused(rene("2022-04-08T10:00:00Z"), "relais.completer", "2022-04-08", R"({"accord": "oui"})")
            .starts_with("Q002"));
  desk.does(aline_("2022-04-09T08:00:00Z"), "relais.completer", "2022-04-09", R"({"accord": "oui"})");
  const ActeFait done = desk.does(rene("2022-04-10T08:00:00Z"), "relais.effectuer", "2022-04-10");
  CHECK(done.evenements.size() == 3);
  CHECK(done.avertissements.empty());
  CHECK(desk.referent("2022-04-09") == "professionnel:rene nomme");
  CHECK(desk.referent("2022-04-10") == "professionnel:paul nomme");
  for (const auto &event : done.evenements)
    CHECK(event.acte == done.acte);
}

TEST_CASE("what a relay may not do is refused, and nothing is recorded", "[parcours]") {
  Bureau_ desk;
  const auto head = desk.journal->head().seq;
  const auto at = rene("2022-04-01T08:00:00Z");
  CHECK(desk.refused(at, "relais.demander", "2022-04-01", R"({"vers": "professionnel:rene", "motif": "charge"})") ==
        "Q002 at /contenu/vers"); // to himself
  CHECK(desk.refused(at, "relais.demander", "2022-04-01", R"({"vers": "professionnel:paul"})") ==
        "Q002 at /contenu/motif");
  CHECK(desk.refused(at, "relais.demander", "2022-04-01", R"({"vers": "professionnel:zoe", "motif": "charge"})")
            .starts_with("E005"));
  CHECK(desk.refused(at, "relais.retirer", "2022-04-01") == "Q002 at /contenu"); // nothing to withdraw
  CHECK(desk.refused(at, "relais.demandr", "2022-04-01") == "Q001 at /acte");
  CHECK(desk.refused(at, "referent.nommer", "2022-04-01",
                     R"({"role": "referent_unique", "professionnel": "professionnel:paul"})") == "Q002 at /acte");
  CHECK(desk.refused(at, "immersion.bilan", "2022-04-01", R"({"immersion": "I", "issue": "complete"})") ==
        "Q002 at /contenu/immersion");
  CHECK(desk.journal->head().seq <= head + 1); // the identity of the journal of accesses, no more
}

TEST_CASE("a professional who is gone is not waited for, and that is told", "[parcours]") {
  Bureau_ desk;
  const auto manager = Bureau_::who("professionnel:gina", "gestionnaire", "2022-04-01T08:00:00Z", "gestion");
  desk.bureau.agir(manager, {"depart.dire", subject("professionnel:rene"), day("2022-03-31"),
                             read_json(R"({"date": "2022-03-31", "motif": "mutation"})").context()});
  const auto later = Bureau_::who("professionnel:gina", "gestionnaire", "2022-04-02T08:00:00Z", "gestion");
  desk.does(later, "relais.demander", "2022-04-02", asked);
  desk.does(aline_("2022-04-03T08:00:00Z"), "relais.completer", "2022-04-03",
            R"({"informee": "oui", "accord": "oui"})");
  desk.does(paul("2022-04-04T08:00:00Z"), "relais.accepter", "2022-04-04");
  const ActeFait done = desk.does(paul("2022-04-05T08:00:00Z"), "relais.effectuer", "2022-04-05");
  CHECK(done.avertissements.size() == 1);
  CHECK(desk.referent("2022-04-05") == "professionnel:paul nomme");
}

TEST_CASE("three refusals make a referral without solution", "[parcours]") {
  Bureau_ desk;
  std::size_t referrals = 0;
  for (const char *month : {"04", "05", "06"}) {
    const std::string day_ = "2022-" + std::string(month) + "-01";
    desk.does(rene(day_ + "T08:00:00Z"), "relais.demander", day_, asked);
    const ActeFait no = desk.does(paul(day_ + "T09:00:00Z"), "relais.refuser", day_);
    referrals += no.evenements.size() - 1;
    CHECK(referrals == (std::string(month) == "06" ? 1 : 0));
  }
}

TEST_CASE("undoing an act restores every view, and waits for what rests on it", "[parcours]") {
  Bureau_ desk;
  const auto views = [&] {
    std::string all;
    for (const char *at : {"2022-04-01", "2022-04-02", "2022-04-15", "2023-01-01"}) {
      auto view = dossier::situation(*desk.journal, desk.aline, day(at));
      view.seq = 0;
      all += write_json(dossier::to_value(view));
    }
    return all;
  };
  const std::string before = views();
  const ActeFait demand = desk.does(rene("2022-04-02T08:00:00Z"), "relais.demander", "2022-04-02", asked);
  const ActeFait yes = desk.does(paul("2022-04-03T08:00:00Z"), "relais.accepter", "2022-04-03");
  CHECK(views() != before);
  CHECK(refusal([&] { desk.bureau.annuler(rene("2022-04-04T08:00:00Z"), demand.acte); }) == "Q002 at /acte");
  desk.bureau.annuler(paul("2022-04-04T08:00:00Z"), yes.acte);
  desk.bureau.annuler(rene("2022-04-04T09:00:00Z"), demand.acte);
  CHECK(views() == before);
  CHECK(refusal([&] { desk.bureau.annuler(rene("2022-04-04T10:00:00Z"), demand.acte); }) == "Q002 at /acte");
  CHECK(refusal([&] { desk.bureau.annuler(rene("2022-04-04T10:00:00Z"), "nowhere"); }) == "E005 at /acte");
  const auto manager = Bureau_::who("professionnel:gina", "gestionnaire", "2022-04-04T10:00:00Z", "gestion");
  CHECK(refusal([&] { desk.bureau.annuler(manager, "nowhere"); }).starts_with("E005"));
}

TEST_CASE("who answers what moved since he read it is told", "[parcours]") {
  Bureau_ desk;
  desk.does(rene("2022-04-02T08:00:00Z"), "relais.demander", "2022-04-02", asked);
  DemandeActe late{"relais.accepter", desk.aline, day("2022-04-03"), {}};
  late.lu = instant("2022-04-02T07:00:00Z");
  CHECK(refusal([&] { desk.bureau.agir(paul("2022-04-03T08:00:00Z"), late); }) == "E003 at /lu");
  late.lu = instant("2022-04-02T08:00:00Z");
  CHECK(refusal([&] { desk.bureau.agir(paul("2022-04-03T08:00:00Z"), late); }).empty());
}

TEST_CASE("an act that bears its caller's number is done once", "[parcours]") {
  Bureau_ desk;
  const DemandeActe first = read_demande_acte(
      read_json(R"({"acte": "emploi.trouver", "sujet": "personne:aline", "effet": "2022-04-02", "numero": "n-1",
                    "contenu": {"id": "E1"}})"));
  CHECK(desk.bureau.agir(rene("2022-04-02T08:00:00Z"), first).acte == "n-1");
  const auto head = desk.journal->head().seq;
  CHECK(refusal([&] { desk.bureau.agir(rene("2022-04-02T09:00:00Z"), first); }) == "E006 at /numero");
  CHECK(desk.journal->head().seq == head);
  desk.bureau.annuler(rene("2022-04-02T10:00:00Z"), "n-1");
  CHECK(refusal([] {
          read_demande_acte(read_json(R"({"acte": "emploi.trouver", "sujet": "personne:aline",
                                          "effet": "2022-04-02", "numero": "180017760000122"})"));
        }).starts_with("Q001"));
}

TEST_CASE("the state of a relay says what is missing, and nothing of what the actor does not see", "[parcours]") {
  Bureau_ desk;
  desk.does(rene("2022-04-02T08:00:00Z"), "relais.demander", "2022-04-02", asked);
  const auto states = [&](const droits::Demande &who) {
    std::string all;
    for (const EtatRelais &one :
         etat_relais(*desk.journal, desk.guichet, *national_pack(), rights(), desk.regles, who, desk.aline))
      for (const ConditionRelais &condition : one.conditions)
        all += condition.code + ":" + std::string(text(condition.etat)) + " ";
    return all;
  };
  CHECK(states(rene("2022-04-03T08:00:00Z")) ==
        "information:inconnu accord_personne:inconnu rendez_vous:non_rempli diagnostic_a_jour:non_rempli "
        "accord_receveur:non_rempli ");
  // Appointments are not his to see yet.
  CHECK(states(paul("2022-04-03T08:00:00Z")) ==
        "information:inconnu accord_personne:inconnu rendez_vous:reserve diagnostic_a_jour:non_rempli "
        "accord_receveur:non_rempli ");
  CHECK(states(Bureau_::who("professionnel:max", "membre", "2022-04-03T08:00:00Z")).empty());
}

TEST_CASE("an instance decides with its quorum, or says that it is not known", "[parcours]") {
  Bureau_ desk;
  record(*desk.journal, "2022-04-01",
         {{"instance:i", "instance", R"({"nom": "Instance inventée", "quorum": 2})", "2022-04-01"},
          {"instance:i", "siege",
           R"({"professionnel": "professionnel:anna", "qualite": "animateur", "etape": "commence"})", "2022-04-01"},
          {"instance:i", "siege",
           R"({"professionnel": "professionnel:noe", "qualite": "titulaire", "etape": "commence"})", "2022-04-01"}});
  const dossier::Sujet instance_ = subject("instance:i");
  const auto anna = [](std::string_view at) { return Bureau_::who("professionnel:anna", "animateur", at, "instance"); };
  const ActeFait fixed =
      desk.bureau.agir(anna("2022-04-02T08:00:00Z"), {"session.fixer", instance_, day("2022-04-02"),
                                                      read_json(R"({"date": "2022-04-20"})").context()});
  CHECK(text_of(fixed.evenements.front().contenu, "id") == "2022-04-20");
  desk.does(rene("2022-04-03T08:00:00Z"), "saisine.deposer", "2022-04-03",
            R"({"instance": "instance:i", "session": "2022-04-20", "motif": "cas_complexe"})");
  const auto note = [&](const std::string &who, const std::string &state, std::string_view at) {
    desk.bureau.agir(anna(at), {"presence.noter", instance_, day("2022-04-20"),
                                read_json(R"({"session": "2022-04-20", "qui": ")" + who +
                                          R"(", "qualite": "membre", "etat": ")" + state + "\"}")
                                    .context()});
  };
  const std::string referral = [&] {
    for (const auto &event : desk.journal->about(desk.aline))
      if (event.type == "saisine")
        return text_of(event.contenu, "id");
    return std::string();
  }();
  const std::string content = R"({"saisine": ")" + referral + R"(", "nature": "maintien"})";
  note("professionnel:anna", "present", "2022-04-20T08:00:00Z");
  note("professionnel:noe", "absent", "2022-04-20T08:01:00Z");
  CHECK(desk.refused(anna("2022-04-20T09:00:00Z"), "instance.decider", "2022-04-20", content) ==
        "Q002 at /contenu/saisine");
  note("professionnel:noe", "present", "2022-04-20T09:01:00Z");
  const ActeFait decided = desk.does(anna("2022-04-20T10:00:00Z"), "instance.decider", "2022-04-20", content);
  CHECK(decided.evenements.size() == 2);
  CHECK(decided.avertissements.empty());
}
