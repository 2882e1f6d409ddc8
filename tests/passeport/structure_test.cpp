// The badges of structures: what they rest on, what is signed, what is to be renewed or withdrawn.
#include "insertion/text_of.hpp"
#include "spie/credentials/badge.hpp"
#include "spie/credentials/issue.hpp"
#include "spie/passeport/structure.hpp"
#include "tests/droits/scene.hpp"

using namespace spie;
using namespace spie::passeport;
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

// A structure whose professional is trained, and a bakery that hosts.
struct Reseau {
  std::unique_ptr<dossier::Journal> journal = store::open_memory();
  std::unique_ptr<droits::JournalAcces> acces = store::open_acces_memory();
  dossier::Regles regles = dossier::read_regles(*the_pack());
  droits::Guichet guichet{*journal, *acces, table(), regles};
  parcours::Bureau bureau{*journal, guichet, *the_pack(), regles};
  dossier::Sujet s = subject("structure:s"), boulangerie = subject("structure:boulangerie");

  Reseau() {
    record(*journal, "2022-03-05",
           {{"structure:s", "structure", R"({"nom": "Maison « Épi »", "siret": "00012345600011"})", "2022-01-01"},
            {"structure:boulangerie", "structure", R"({"nom": "Boulangerie inventée"})", "2022-01-01"},
            {"professionnel:rene", "professionnel", R"({"nom": "MODELE", "structure": "structure:s"})", "2022-01-01"},
            {"professionnel:rene", "formation_pro",
             R"({"id": "F1", "module": "diagnostic_partage", "etape": "suivie"})", "2022-01-10"},
            {"personne:aline", "identite", R"({"nom": "EXEMPLE", "prenom": "Aline"})", "2022-01-01"},
            {"personne:aline", "referent", R"({"role": "referent_unique", "etape": "nomme",
               "professionnel": "professionnel:rene", "structure": "structure:s"})",
             "2022-01-10"}});
  }
  // Each demand is a minute later: an act is not before what it reads.
  int minute = 0;
  droits::Demande asks(const std::string &role, const std::string &purpose, const std::string &who) {
    ++minute;
    const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return {{who, "", {role}},
            purpose,
            instant("2024-06-01T" + two(8 + minute / 60) + ":" + two(minute % 60) + ":00Z"),
            std::nullopt};
  }
  droits::Demande manager() { return asks("gestionnaire", "gestion", "professionnel:gina"); }
  droits::Demande pilot() { return asks("pilote", "pilotage", "professionnel:pia"); }
  droits::Demande rene() { return asks("referent", "accompagnement", "professionnel:rene"); }

  parcours::ActeFait does(const droits::Demande &demand, const std::string &act, const dossier::Sujet &on,
                          std::string_view day_, const std::string &content) {
    return bureau.agir(demand, {act, on, day(day_), read_json(content).context()});
  }
  void label(const std::string &more, std::string_view on = "2022-02-01") {
    does(manager(), "label.changer", s, on,
         R"({"etape": "accorde", "suivi_plus_six_mois": "oui",
             "criteres": ["accueil_tous_publics", "diagnostic_partage", "carnet_tenu"])" +
             more + "}");
  }
  void hosts(const std::string &id, const std::string &issue, const std::string &last = "2022-03-18") {
    record(
        *journal, "2024-05-01",
        {{"personne:aline", "immersion",
          R"({"id": ")" + id + R"(", "etape": "terminee", "structure": "structure:boulangerie",
                 "date_debut": "2022-03-07", "date_fin": ")" +
              last + "\"}",
          last},
         {"personne:aline", "bilan_immersion", R"({"immersion": ")" + id + R"(", "issue": ")" + issue + "\"}", last}});
  }
  BadgesStructure of(const dossier::Sujet &who, std::string_view on, const droits::Demande &demand) {
    return badges_structure(*journal, guichet, *the_pack(), demand, who, day(on));
  }
  BadgeDeStructure one(const std::string &code, const dossier::Sujet &who, std::string_view on,
                       const droits::Demande &demand) {
    for (const BadgeDeStructure &badge : of(who, on, demand).badges)
      if (badge.code == code)
        return badge;
    FAIL("no badge " << code);
    return {};
  }
  std::string signed_for(const credentials::Cle &key, const DemandeBadgeStructure &asked,
                         std::string_view on = "2022-03-10") {
    const std::string text = attestation_structure(*journal, guichet, *the_pack(), manager(), s, day(on), asked);
    return credentials::emettre(text, key, {{}, std::string(on) + "T08:00:00Z", {}}).badge;
  }
};

credentials::Rapport verified(const std::string &badge, const std::string &at,
                              const std::optional<std::string> &who = {}) {
  credentials::OptionsVerification options;
  options.au = at;
  options.destinataire = who;
  return credentials::Verificateur(options).verifier(badge);
}

} // namespace

TEST_CASE("a label is borne while it is in force and its conditions are fulfilled", "[passeport]") {
  Reseau desk;
  CHECK(desk.one("label_spie", desk.s, "2022-03-10", desk.rene()).decision == "refuse");
  desk.label(R"(, "fin": "2022-12-31")");
  const BadgeDeStructure badge = desk.one("label_spie", desk.s, "2022-03-10", desk.rene());
  CHECK(badge.decision == "delivrable");
  CHECK(badge.motifs.empty());
  CHECK(badge.debut == day("2022-02-01"));
  CHECK(badge.fin == day("2022-12-31"));
  CHECK(badge.a_renouveler); // none is signed yet
  CHECK(badge.criteres.find("La structure s’engage à suivre plus de six mois") != std::string::npos);
  CHECK(desk.one("label_spie", desk.s, "2023-01-01", desk.rene()).decision == "refuse");
  // Without a last day, that of the pack: twenty-four months.
  desk.label("", "2022-03-01");
  CHECK(desk.one("label_spie", desk.s, "2022-03-10", desk.rene()).fin == day("2024-03-01"));
  // The six months are part of it: said no, it may not be borne; not said, nobody knows.
  desk.does(desk.manager(), "label.changer", desk.s, "2022-04-01",
            R"({"etape": "accorde", "suivi_plus_six_mois": "non",
                "criteres": ["accueil_tous_publics", "diagnostic_partage", "carnet_tenu"]})");
  CHECK(desk.one("label_spie", desk.s, "2022-04-10", desk.rene()).decision == "refuse");
  desk.does(desk.manager(), "label.changer", desk.s, "2022-05-01",
            R"({"etape": "accorde", "criteres": ["accueil_tous_publics", "diagnostic_partage", "carnet_tenu"]})");
  CHECK(desk.one("label_spie", desk.s, "2022-05-10", desk.rene()).decision == "inconnu");
  CHECK(refusal([&] { desk.of(subject("structure:x"), "2022-03-10", desk.rene()); }).starts_with("E005"));
  CHECK(refusal([&] { desk.of(subject("personne:aline"), "2022-03-10", desk.rene()); }) == "Q001 at /structure");
}

TEST_CASE("a structure that hosts has its badge, for whom the table shows immersions", "[passeport]") {
  Reseau desk;
  const auto asked = [&](const droits::Demande &demand, std::string_view on = "2022-06-01") {
    return desk.one("accueil_immersion", desk.boulangerie, on, demand);
  };
  CHECK(asked(desk.pilot()).decision == "refuse");
  desk.hosts("I1", "non_presente");
  CHECK(asked(desk.pilot()).decision == "refuse");
  desk.hosts("I2", "complete");
  CHECK(asked(desk.pilot()).decision == "delivrable");
  CHECK(asked(desk.pilot()).debut == day("2022-03-18"));
  CHECK(asked(desk.pilot()).fin == day("2024-03-18"));
  CHECK(asked(desk.pilot(), "2022-03-17").decision == "refuse"); // it had not ended
  CHECK(asked(desk.pilot(), "2024-04-01").decision == "refuse"); // too long ago
  CHECK(asked(desk.manager()).decision == "inconnu");            // sees no immersion
  CHECK(asked(desk.manager()).motifs.size() == 1);
}

TEST_CASE("what is signed is of the structure, verified by anybody, and written down with its entry", "[passeport]") {
  Reseau desk;
  desk.label(R"(, "fin": "2022-12-31")");
  const credentials::Cle key = credentials::Cle::generer("ed25519");
  const DemandeBadgeStructure asked{
      "label_spie", {}, "did:web:maison.example", {}, "Consortium inventé", "https://listes.example/1", "42"};
  CHECK(refusal([&] { desk.signed_for(key, {"autre"}); }) == "Q001 at /code");
  CHECK(refusal([&] { desk.signed_for(key, {"accueil_immersion"}); }) == "Q003 at /code");
  CHECK(refusal([&] {
          desk.signed_for(key, {"label_spie", {}, {}, {}, {}, "https://listes.example/1"});
        }) == "Q001 at /entree");
  const std::string plain = desk.signed_for(key, {"label_spie", {}, "did:web:maison.example"});
  CHECK(verified(plain, "2022-06-01T08:00:00Z").verdict == credentials::Verdict::valide);
  CHECK(verified(plain, "2022-06-01T08:00:00Z", "did:web:maison.example").verdict == credentials::Verdict::valide);
  CHECK(verified(plain, "2023-01-01T08:00:00Z").verdict == credentials::Verdict::invalide); // it has ended
  std::string altered = plain;
  altered.replace(altered.find("Maison"), 2, "MA");
  CHECK(verified(altered, "2022-06-01T08:00:00Z").verdict == credentials::Verdict::invalide);
  // Its list of status was not handed over: that is not known, and not fine.
  const std::string badge = desk.signed_for(key, asked);
  CHECK(verified(badge, "2022-06-01T08:00:00Z").verdict == credentials::Verdict::non_verifiable);
  const auto notes = [&](const droits::Demande &demand, const std::string &bytes) {
    return noter_badge_structure(desk.guichet, *the_pack(), demand, desk.s, day("2022-03-10"), "label_spie", bytes);
  };
  CHECK(refusal([&] { notes(desk.rene(), badge); }) == "R002");
  CHECK(refusal([&] { notes(desk.manager(), R"({"type": ["OpenBadgeCredential"]})"); }) == "B011 at /proof");
  // What does not hold is not written down, nor is it by hand, nor before a label.
  std::string forged = badge;
  forged.replace(forged.find("Maison"), 2, "MA");
  CHECK(refusal([&] { notes(desk.manager(), forged); }) == "Q002 at /badge");
  CHECK(refusal([&] {
          Reseau bare;
          noter_badge_structure(bare.guichet, *the_pack(), bare.manager(), bare.s, day("2022-03-10"), "label_spie",
                                badge);
        }) == "Q003 at /code");
  CHECK(refusal([&] {
          desk.does(desk.manager(), "badge_structure.emettre", desk.s, "2022-03-10",
                    R"({"code": "label_spie", "badge": "urn:x", "empreinte": "00", "emetteur": "did:web:x.example",
                        "debut": {"@date": "2022-03-10"}})");
        }) == "Q002 at /acte");
  // Of another structure, of other words: signed all right, and not what the register gave.
  const auto changed = [&](std::string_view from, std::string_view to) {
    std::string text = attestation_structure(*desk.journal, desk.guichet, *the_pack(), desk.manager(), desk.s,
                                             day("2022-03-10"), asked);
    const std::size_t place = text.find(from);
    REQUIRE(place != std::string::npos);
    text.replace(place, from.size(), to);
    return credentials::emettre(text, key, {{}, "2022-03-10T08:00:00Z", {}}).badge;
  };
  CHECK(refusal([&] { notes(desk.manager(), changed("Maison", "Logis")); }) == "Q002 at /badge");
  CHECK(refusal([&] { notes(desk.manager(), changed("La structure", "Une structure")); }) == "Q002 at /badge");
  // An issuer whose document is elsewhere: it is handed over.
  const std::string web = "did:web:emetteur.example";
  const std::string document = R"({"id": ")" + web + R"(", "verificationMethod": [{"id": ")" + web +
                               R"(#cle", "type": "Multikey", "controller": ")" + web + R"(", "publicKeyMultibase": ")" +
                               key.publiques().multibase.value() + R"("}], "assertionMethod": [")" + web + R"(#cle"]})";
  std::string of_web =
      attestation_structure(*desk.journal, desk.guichet, *the_pack(), desk.manager(), desk.s, day("2022-03-10"), asked);
  of_web.replace(of_web.find("ISSUER"), 6, web);
  of_web = credentials::emettre(of_web, key, {{}, "2022-03-10T08:00:00Z", web + "#cle"}).badge;
  CHECK(refusal([&] { notes(desk.manager(), of_web); }) == "Q002 at /badge");
  {
    Reseau other;
    other.label(R"(, "fin": "2022-12-31")");
    credentials::OptionsVerification documents;
    documents.documents = {{"https://emetteur.example/.well-known/did.json", document}};
    noter_badge_structure(other.guichet, *the_pack(), other.manager(), other.s, day("2022-03-10"), "label_spie", of_web,
                          documents);
    CHECK(other.of(other.s, "2022-03-10", other.rene()).emis.at(0).emetteur == web);
  }
  notes(desk.manager(), badge);
  const BadgesStructure held = desk.of(desk.s, "2022-03-10", desk.rene());
  REQUIRE(held.emis.size() == 1);
  CHECK(held.emis[0].etat == "en_vigueur");
  CHECK(held.emis[0].emetteur == key.publiques().did);
  CHECK(held.emis[0].liste == "https://listes.example/1");
  CHECK(held.emis[0].entree == "42");
  CHECK(held.emis[0].debut == day("2022-03-10"));
  CHECK(held.emis[0].fin == day("2022-12-31"));
  CHECK_FALSE(held.badges[0].a_renouveler);
  // Sixty days before its last day, it is to be renewed.
  CHECK_FALSE(desk.one("label_spie", desk.s, "2022-10-31", desk.rene()).a_renouveler);
  CHECK(desk.one("label_spie", desk.s, "2022-11-01", desk.rene()).a_renouveler);
  CHECK(desk.of(desk.s, "2023-01-01", desk.rene()).emis[0].etat == "echu");
  // The label falls: the badge is to be withdrawn, by who holds the key.
  desk.does(desk.manager(), "label.changer", desk.s, "2022-06-01", R"({"etape": "retire"})");
  CHECK(desk.of(desk.s, "2022-05-31", desk.rene()).emis[0].etat == "en_vigueur");
  CHECK(desk.of(desk.s, "2022-06-02", desk.rene()).emis[0].etat == "a_retirer");
  const std::string which = desk.of(desk.s, "2022-06-02", desk.rene()).emis[0].id;
  const auto withdraws = [&](const std::string &more) {
    desk.does(desk.manager(), "badge_structure.retirer", desk.s, "2022-06-03",
              R"({"id": ")" + which + "\"" + more + "}");
  };
  CHECK(refusal([&] { withdraws(""); }) == "Q001 at /contenu/motif");
  CHECK(refusal([&] { withdraws(R"(, "motif": "truc")"); }) == "Q001 at /contenu/motif");
  withdraws(R"(, "motif": "label_retire")");
  CHECK(desk.of(desk.s, "2022-06-04", desk.rene()).emis[0].etat == "retire");
  CHECK(desk.of(desk.s, "2022-06-04", desk.rene()).emis[0].motif == "label_retire");
}
