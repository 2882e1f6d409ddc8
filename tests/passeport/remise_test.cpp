// What leaves a passport signed: an immersion's badge, a share, her own record; what is withdrawn, and what outlives
// it.
#include "credentials/trust.hpp"
#include "crypto/key.hpp"
#include "insertion/passeport/lecture.hpp"
#include "insertion/passeport/tri.hpp"
#include "spie/credentials/badge.hpp"
#include "spie/passeport/garantie.hpp"
#include "spie/passeport/remise.hpp"
#include "spie/passeport/rome.hpp"
#include "spie/passeport/survivances.hpp"
#include "tests/passeport/salle.hpp"

#include <map>

using namespace spie;
using namespace spie::passeport;
using namespace spie::testing;

namespace {

const std::string at = "2022-06-01T08:00:00Z";
const std::string list_address = "https://etat.example/1";
const std::string team =
    R"({"genre": "competence", "code_rome": "300465", "nature_rome": "competence", "version_rome": "v460"})";

// An issuer with a key of its own, who gives each thing that it signs the next entry of a list.
struct Cabinet {
  credentials::Cle key = credentials::Cle::generer("ed25519");
  int next = 40;
  bool lists = true;
  std::string last; // what was signed, before its entry

  Delivrance signs() {
    Delivrance by;
    by.instant = at;
    by.nom = "Structure d’accueil inventée";
    by.signer = [this](std::string_view credential) {
      last = credential;
      std::string text(credential);
      const std::string entry = std::to_string(next);
      if (lists)
        text.insert(text.size() - 1, R"(, "credentialStatus": [{"id": ")" + list_address + "#" + entry +
                                         R"(", "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation", "statusListIndex": ")" +
                                         entry + R"(", "statusListCredential": ")" + list_address + R"("}])");
      next += lists ? 1 : 0;
      return credentials::emettre(text, key, {{}, at, {}});
    };
    return by;
  }
};

feel::Value read_credential(const std::string &badge) { return read_json(badge); }

const feel::Value &in(const feel::Value &value, const std::string &path) {
  const feel::Value *found = &value;
  std::string_view rest = path;
  while (!rest.empty()) {
    const std::size_t slash = rest.find('/');
    const std::string step(rest.substr(0, slash));
    rest = slash == std::string_view::npos ? std::string_view() : rest.substr(slash + 1);
    if (found->is(feel::Kind::list))
      found = &found->list().at(static_cast<std::size_t>(std::stoul(step)));
    else
      found = found->context().find(step);
    REQUIRE(found != nullptr);
  }
  return *found;
}

std::string text_in(const feel::Value &value, const std::string &path) { return in(value, path).text(); }

// A report of the badge, whose list of statuses nobody handed over.
credentials::Rapport verified(const std::string &badge, const std::string &when = at) {
  credentials::OptionsVerification options;
  options.au = when;
  return credentials::Verificateur(options).verifier(badge);
}

struct Accueil : Salle {
  std::string item;
  Accueil() {
    tells(
        {{"personne:aline", "immersion",
          R"({"id": "I", "etape": "terminee", "structure": "structure:b", "date_debut": {"@date": "2022-03-07"},
               "date_fin": {"@date": "2022-03-18"}})",
          "2022-03-07"},
         {"structure:b", "structure", R"({"nom": "Boulangerie de l’Œuvre", "siret": "12345678901234"})", "2022-03-01"},
         {"professionnel:rene", "professionnel", R"({"nom": "MODELE", "prenom": "René"})", "2022-03-01"},
         {"professionnel:rene", "habilitation", R"({"objet": "passeport", "etape": "accordee"})", "2022-03-01"},
         {"personne:aline", "bilan_immersion", R"({"immersion": "I", "issue": "complete"})", "2022-03-20"}});
    item =
        adds(R"({"genre": "competence", "libelle": "Elle sourit malgré sa maladie", "immersion": "I"})", "2022-04-04");
    does("referent", "passeport.confirmer", "2022-04-10",
         of(item, R"("qualite": "tuteur", "nom_garant": "Mme Inventée", "vu": "elle sourit", "code_rome": "399999",
                     "nature_rome": "competence", "version_rome": "v460", "niveau": "pratique")"));
  }
  Delivre issues(Cabinet &cabinet, const Titulaire &holder = {}, const std::string &role = "referent") {
    return delivrer(guichet, rights(), *national_pack(), asks(role), aline, day("2022-06-01"),
                    {"I", holder, {}, nullptr}, cabinet.signs());
  }
  std::string shares(const std::string &items, const std::string &more = "") {
    return text_of(does("personne", "passeport.partager", "2022-05-01",
                        R"({"destinataire": "Boulangerie", "finalite": "candidature", "fin": {"@date": "2022-07-01"},
                            "elements": [)" +
                            items + "]" + more + "}")
                       .evenements.front()
                       .contenu,
                   "id");
  }
  Remis hands(Cabinet &cabinet, DemandeRemise asked, const std::string &role = "personne",
              std::string_view when = "2022-06-01") {
    return remettre(guichet, rights(), *national_pack(), asks(role), aline, day(when), asked, cabinet.signs());
  }
};

} // namespace

TEST_CASE("the badge of an immersion says its host, its days, its criteria and its codes, and is recorded",
          "[passeport]") {
  Accueil room;
  Cabinet cabinet;
  const Delivre made = room.issues(cabinet);
  const feel::Value badge = read_credential(made.badge.texte);
  CHECK(text_in(badge, "credentialSubject/source/name") == "Boulangerie de l’Œuvre");
  CHECK(text_in(badge, "credentialSubject/source/otherIdentifier/0/identifier") == "12345678901234");
  CHECK(text_in(badge, "credentialSubject/activityStartDate") == "2022-03-07T12:00:00Z");
  CHECK(text_in(badge, "credentialSubject/activityEndDate") == "2022-03-18T12:00:00Z");
  CHECK(text_in(badge, "credentialSubject/achievement/achievementType") == "Fieldwork");
  CHECK(text_in(badge, "credentialSubject/achievement/alignment/0/targetCode") == "399999");
  CHECK(text_in(badge, "credentialSubject/achievement/alignment/0/targetFramework") == "ROME 4.0 v460");
  CHECK(text_in(badge, "credentialSubject/achievement/alignment/0/targetName") == "Avoir le sens du service");
  CHECK(text_in(badge, "credentialSubject/achievement/resultDescription/0/rubricCriterionLevel/0/name") ==
        "Pratique accompagnée");
  CHECK(in(badge, "credentialSubject/achievement/criteria/narrative").text().find("habilité") != std::string::npos);
  // She is named by an identifier drawn for it, and nothing else: no name, no free text of the item.
  CHECK(text_in(badge, "credentialSubject/id") == made.titulaire);
  CHECK(made.titulaire.starts_with("urn:uuid:"));
  for (const char *hidden : {"maladie", "Aline", "EXEMPLE", "Inventée\"", "aline"})
    CHECK(made.badge.texte.find(hidden) == std::string::npos);
  // Its proof holds; its list was not handed over.
  CHECK(verified(made.badge.texte).verdict == credentials::Verdict::non_verifiable);
  CHECK(verified(made.badge.texte).etat(credentials::Nom::preuve) == credentials::Etat::ok);
  REQUIRE(made.statuts.size() == 1);
  CHECK(made.statuts.at(0).index == 40);
  const auto shown = room.sees().badges;
  REQUIRE(shown.size() == 1);
  CHECK(shown.at(0).id == made.badge.id);
  CHECK(shown.at(0).etat == "delivre");
  CHECK(shown.at(0).elements.at(0) == room.item);
  CHECK(shown.at(0).statuts.at(0).liste == list_address);
  CHECK(shown.at(0).empreinte.size() == 64);
  // Its issuer revokes it, and says why.
  CHECK(room.refused("referent", "passeport.revoquer", "2022-06-02", of(made.badge.id, R"("immersion": "I")")) ==
        "Q001 at /contenu/motif");
  room.does("referent", "passeport.revoquer", "2022-06-02", of(made.badge.id, R"("motif": "erreur")"));
  CHECK(room.sees("personne", "2022-06-02").badges.at(0).etat == "revoque");
}

TEST_CASE("no badge without a right, an outcome, or who signs; and none is written by hand", "[passeport]") {
  Accueil room;
  Cabinet cabinet;
  CHECK(refusal([&] { room.issues(cabinet, {}, "personne"); }) == "R002");
  CHECK(cabinet.last.empty()); // nothing was signed
  CHECK(room.refused("referent", "passeport.delivrer", "2022-06-01", R"({"id": "urn:uuid:1"})") == "Q002 at /acte");
  CHECK(refusal([&] { room.issues(cabinet, {"a@example.org", "did:key:z6Mk"}); }) == "Q002 at /titulaire");
  CHECK(refusal([&] { room.issues(cabinet, {"aline", ""}); }) == "Q002 at /titulaire/adresse");
  for (const char *holder : {"https://example.org/aline", "1900677123456", "urn:nir:1", "urn:uuid:185057800608491",
                             "urn:uuid:personne-aline-exemple-1985-05-12", "did:key:1850578006084", "did:key:z6Mk",
                             "did:jwk:handicap", "urn:uuid:18505780-0608-491a-8a00-aaaaaaaaaaaa"})
    CHECK(refusal([&] { room.issues(cabinet, {"", holder}); }) == "Q002 at /titulaire/id");
  room.tells({{"personne:aline", "bilan_immersion", R"({"immersion": "I", "issue": "non_presente"})", "2022-03-21"}});
  CHECK(refusal([&] { room.issues(cabinet); }) == "Q002 at /immersion");
  CHECK(room.sees().badges.empty());
  CHECK(cabinet.last.empty());
}

TEST_CASE("an address is a salted hash in the badge, and is not kept", "[passeport]") {
  Accueil room;
  Cabinet cabinet;
  const Delivre made = room.issues(cabinet, {"Aline@Example.org", ""});
  CHECK(made.titulaire == "adresse");
  CHECK(made.badge.texte.find("xample.org") == std::string::npos);
  const feel::Value badge = read_credential(made.badge.texte);
  CHECK(in(badge, "credentialSubject").context().find("id") == nullptr);
  CHECK(in(badge, "credentialSubject/identifier/0/hashed").is_true());
  credentials::OptionsVerification options;
  options.au = at;
  options.destinataire = "aline@example.org";
  const auto report = credentials::Verificateur(options).verifier(made.badge.texte);
  CHECK(report.etat(credentials::Nom::destinataire) == credentials::Etat::ok);
  options.destinataire = "autre@example.org";
  CHECK(credentials::Verificateur(options).verifier(made.badge.texte).etat(credentials::Nom::destinataire) ==
        credentials::Etat::echec);
}

TEST_CASE("a host whose name tells of health is not named", "[passeport]") {
  Accueil room;
  Cabinet cabinet;
  room.tells(
      {{"structure:b", "structure", R"({"nom": "ESAT des Tilleuls", "siret": "12345678901234"})", "2022-03-02"}});
  // A share with a structure left out is still a share: here the badge goes without its host, and says so.
  const Delivre made = room.issues(cabinet);
  CHECK(made.badge.texte.find("Tilleuls") == std::string::npos);
  CHECK(made.badge.texte.find("12345678901234") == std::string::npos);
  REQUIRE_FALSE(made.retenus.empty());
  CHECK(made.retenus.at(0).champ == "structure");
}

TEST_CASE("a code whose label may not leave is withheld from the badge of an immersion, which says so", "[passeport]") {
  Accueil room;
  Cabinet cabinet;
  // A release in which the code picked is one of health, whatever the pack calls it.
  const auto rome = Rome::from_files(
      "v460", std::vector<FichierRome>{
                  {"unix_referentiel_competence_v460_utf8.csv",
                   "code_ogr,nature,libelle_competence,definition,code_ogr_macro_comp,code_macro_comp,cat_comp,"
                   "transition_eco,transition_num\n399999,Compétence,Accompagner une personne en situation de handicap,"
                   ",,,,,\n300465,Compétence,Travailler en équipe,,,,,,\n"}});
  REQUIRE(rome->trouver("399999", "competence").size() == 1);
  const auto issues = [&](const feel::Value *words = nullptr) {
    return delivrer(room.guichet, rights(), *national_pack(), room.asks("referent"), room.aline, day("2022-06-01"),
                    {"I", {}, mots_de(words), rome.get()}, cabinet.signs());
  };
  // Nothing else is recognised: nothing is left to be said.
  CHECK(refusal([&] { issues(); }) == "Q002 at /immersion");
  CHECK(cabinet.last.empty());
  const std::string team_item =
      room.adds(R"({"genre": "competence", "libelle": "Avec les autres", "immersion": "I"})", "2022-04-04");
  room.does(
      "referent", "passeport.confirmer", "2022-04-10",
      of(team_item, R"("qualite": "tuteur", "nom_garant": "Mme Inventée", "vu": "elle aide", "code_rome": "300465",
                             "nature_rome": "competence", "version_rome": "v460", "niveau": "autonomie")"));
  const Delivre made = issues();
  CHECK(made.badge.texte.find("handicap") == std::string::npos);
  CHECK(made.badge.texte.find("399999") == std::string::npos);
  CHECK(made.badge.texte.find("300465") != std::string::npos);
  REQUIRE(made.retenus.size() == 1);
  CHECK(made.retenus.at(0).element == room.item);
  CHECK(made.retenus.at(0).champ == "references");
  CHECK(room.sees().badges.at(0).elements == std::vector<std::string>{team_item});
  // Words typed for it stand alone, without the code.
  const feel::Value typed = read_json(R"([{"element": ")" + room.item + R"(", "texte": "Sourire à chacun"}])");
  const feel::Value badge = read_credential(issues(&typed).badge.texte);
  CHECK(in(badge, "credentialSubject/achievement/alignment").list().size() == 1);
  CHECK(text_in(badge, "credentialSubject/achievement/resultDescription/0/name") == "Sourire à chacun");
  CHECK(in(badge, "credentialSubject/achievement/resultDescription/0").context().find("alignment") == nullptr);
}

TEST_CASE("what would be refused is refused before anything is signed", "[passeport]") {
  Accueil room;
  Cabinet cabinet;
  room.adds(team);
  // How she asked is hers to say, not that of who writes it down for her; and no act is of next century.
  CHECK(refusal([&] { room.hands(cabinet, {"", "badges"}, "referent"); }) == "Q001 at /contenu/accord_recueilli");
  CHECK(refusal([&] { room.hands(cabinet, {"", "badges"}, "personne", "2122-06-01"); }) == "Q001 at /effet");
  CHECK(refusal([&] { room.hands(cabinet, {"nul", "badges"}); }).starts_with("Q002"));
  CHECK(cabinet.last.empty());
}

TEST_CASE("badges of a share are fresh, of the chosen fields alone, until its last day", "[passeport]") {
  Accueil room;
  Cabinet cabinet;
  const std::string coded = room.adds(team);
  room.adds(R"({"genre": "langue", "libelle": "Lingala"})");
  const std::string share = room.shares("\"" + coded + "\", \"" + room.item + "\"", R"(, "champs": ["garants"])");
  const Remis made = room.hands(cabinet, {share, "badges"});
  REQUIRE(made.badges.size() == 2);
  CHECK(made.statuts.size() == 2);
  const feel::Value badge = read_credential(made.badges.at(0).texte);
  CHECK(text_in(badge, "name") == "Avoir l'esprit d'équipe");
  CHECK(text_in(badge, "validUntil") == "2022-07-01T23:59:59Z");
  CHECK(text_in(badge, "credentialSubject/achievement/criteria/narrative").find("personne ne s’en est porté garant") !=
        std::string::npos);
  const feel::Value vouched = read_credential(made.badges.at(1).texte);
  CHECK(
      text_in(vouched, "credentialSubject/achievement/criteria/narrative").find("Confirmé le 10 avril 2022 (tuteur)") !=
      std::string::npos);
  for (const char *hidden : {"maladie", "Lingala", "Mme Inventée", "Pratique", "Aline"})
    CHECK(made.texte.find(hidden) == std::string::npos);
  // No identifier of the journal leaves, and the same one names her in both.
  CHECK(made.texte.find(coded) == std::string::npos);
  CHECK(made.texte.find(share) == std::string::npos);
  CHECK(text_in(badge, "credentialSubject/id") == text_in(vouched, "credentialSubject/id"));
  CHECK(verified(made.badges.at(0).texte).etat(credentials::Nom::preuve) == credentials::Etat::ok);
  CHECK(verified(made.badges.at(0).texte, "2022-07-02T08:00:00Z").verdict == credentials::Verdict::invalide);
  // It is an event that she sees; written again for the same share, she bears the same name, and other badges.
  const auto told = room.sees().partages.at(0).remises;
  REQUIRE(told.size() == 1);
  CHECK(told.at(0).forme == "badges");
  CHECK(told.at(0).empreinte == made.empreinte);
  CHECK(told.at(0).badges.at(1).id == made.badges.at(1).id);
  CHECK(told.at(0).statuts.at(1).index == 41);
  const Remis again = room.hands(cabinet, {share, "badges"});
  CHECK(again.titulaire == made.titulaire);
  CHECK(again.badges.at(0).id != made.badges.at(0).id);
  const std::string other = room.shares("\"" + coded + "\"");
  CHECK(room.hands(cabinet, {other, "badges"}).titulaire != made.titulaire);
  CHECK(refusal([&] { room.hands(cabinet, {other, "badges", {}, {"", made.titulaire}}); }) == "Q002 at /titulaire/id");
}

TEST_CASE("a CLR of a share is partial, holds signed badges, and verifies whole", "[passeport]") {
  Accueil room;
  Cabinet cabinet;
  cabinet.lists = false;
  const std::string coded = room.adds(team);
  const Remis made = room.hands(cabinet, {room.shares("\"" + coded + "\""), "clr"});
  const feel::Value clr = read_credential(made.texte);
  CHECK(in(clr, "partial").is_true());
  CHECK(text_in(clr, "type/1") == "ClrCredential");
  CHECK(made.badges.size() == 2); // the badge, then the record around it
  CHECK(text_in(clr, "id") == made.badges.at(1).id);
  CHECK(text_in(clr, "credentialSubject/verifiableCredential/0/id") == made.badges.at(0).id);
  credentials::OptionsVerification options;
  options.au = at;
  options.exiger = {credentials::Nom::avenants};
  CHECK(credentials::Verificateur(options).verifier(made.texte).verdict == credentials::Verdict::valide);
  std::string altered = made.texte;
  altered.replace(altered.find("esprit"), 6, "asprit");
  CHECK(credentials::Verificateur(options).verifier(altered).verdict == credentials::Verdict::invalide);
  // A JWS does not stand in another credential.
  Delivrance by = cabinet.signs();
  by.signer = [&](std::string_view text) {
    return credentials::emettre(text, cabinet.key, {{credentials::Preuve::vc_jwt}, at, {}});
  };
  CHECK(refusal([&] {
          remettre(room.guichet, rights(), *national_pack(), room.asks("personne"), room.aline, day("2022-06-01"),
                   {room.shares("\"" + coded + "\""), "clr"}, by);
        }) == "A001 at signer");
}

TEST_CASE("JSON of a share is one spelling, with its hash, and tells her alone what was held back", "[passeport]") {
  Accueil room;
  Cabinet cabinet;
  const std::string coded = room.adds(team);
  const std::string free = room.adds(R"({"genre": "competence", "libelle": "Suivie pour ma maladie"})");
  const Remis made = room.hands(cabinet, {room.shares("\"" + coded + "\", \"" + free + "\""), "json"});
  CHECK(cabinet.last.empty()); // nothing is signed
  CHECK(made.texte.starts_with(R"({"au":"2022-06-01","destinataire":"Boulangerie","elements":[{)"));
  CHECK(made.texte.find("retenus") == std::string::npos);
  // No number of the dossier, which another recipient would hold too.
  CHECK(made.texte.find(coded) == std::string::npos);
  CHECK(made.texte.find(made.selection.partage) == std::string::npos);
  CHECK(made.selection.retenus.size() == 1);
  CHECK(room.sees().partages.at(0).remises.at(0).empreinte == made.empreinte);
}

TEST_CASE("a share that ceased gives nothing more, and says what is to be set", "[passeport]") {
  Accueil room;
  Cabinet cabinet;
  const std::string coded = room.adds(team);
  const std::string share = room.shares("\"" + coded + "\"");
  const Remis made = room.hands(cabinet, {share, "clr"});
  room.does("personne", "passeport.cesser", "2022-06-02", of(share, R"("accord": "non")"));
  CHECK(refusal([&] {
          room.hands(cabinet, {share, "badges"}, "personne", "2022-06-03");
        }) == "Q002 at /contenu/partage");
  // Nor as of a day before: it ended since.
  cabinet.last.clear();
  for (const char *form : {"json", "badges"})
    CHECK(refusal([&] { room.hands(cabinet, {share, form}, "personne", "2022-06-01"); }) == "Q002 at /contenu/partage");
  CHECK(cabinet.last.empty()); // nothing was signed
  CHECK(refusal([&] {
          selectionner(room.guichet, rights(), *national_pack(), room.asks("personne"), room.aline, day("2022-06-01"),
                       share);
        }) == "Q002 at /partage");
  const auto left = statuts_du_partage(*room.journal, room.aline, share);
  REQUIRE(left.size() == 2);
  CHECK(left.at(0).badge == made.badges.at(0).id);
  CHECK(left.at(1).badge == made.badges.at(1).id);
}

TEST_CASE("she takes her whole passport with her, and what is written by hand is not signed", "[passeport]") {
  Accueil room;
  Cabinet cabinet;
  room.adds(team);
  const Remis made = room.hands(cabinet, {"", "clr"});
  CHECK(made.selection.elements.size() == 2);
  const feel::Value clr = read_credential(made.texte);
  CHECK(in(clr, "partial").is_false());
  CHECK(clr.context().find("validUntil") == nullptr);
  CHECK(room.sees().emportes.at(0).forme == "clr");
  room.adds(R"({"genre": "langue", "libelle": "Lingala"})");
  const Remis part = room.hands(cabinet, {"", "clr"});
  CHECK(in(read_credential(part.texte), "partial").is_true()); // free words stay
  CHECK(part.selection.retenus.size() == 1);
  DemandeRemise typed{"", "clr"};
  typed.mots[part.selection.retenus.at(0).element] = "Parle lingala";
  CHECK(room.hands(cabinet, typed).texte.find("Parle lingala") != std::string::npos);
  typed.mots.begin()->second = "Parle lingala, RQTH";
  CHECK(room.hands(cabinet, typed).texte.find("RQTH") == std::string::npos);
  CHECK(refusal([&] { room.hands(cabinet, {"", "clr"}, "referent"); }) == "Q001 at /contenu/accord_recueilli");
  DemandeRemise told{"", "clr"};
  told.accord_recueilli = "oral";
  CHECK(room.hands(cabinet, told, "referent").badges.size() == 3);
  CHECK(refusal([&] { room.hands(cabinet, {"", "clr"}, "membre"); }) == "R002");
  CHECK(room.refused("personne", "passeport.remettre", "2022-06-01", R"({"forme": "clr"})") ==
        "Q002 at /contenu/forme");
}

TEST_CASE("a signer who gives another document back is refused, and nothing is recorded", "[passeport]") {
  Accueil room;
  Cabinet cabinet;
  room.adds(team);
  Delivrance by = cabinet.signs();
  const std::string before = room.issues(cabinet).badge.texte;
  by.signer = [&](std::string_view) { return credentials::Emission{false, before, {}}; };
  CHECK(refusal([&] {
          remettre(room.guichet, rights(), *national_pack(), room.asks("personne"), room.aline, day("2022-06-01"),
                   {"", "badges"}, by);
        }) == "A001 at signer");
  CHECK(room.sees().emportes.empty());
}

TEST_CASE("erasing gives what is to be set, what she may ask for, and what stays in others' hands", "[passeport]") {
  Accueil room;
  Cabinet cabinet;
  const std::string coded = room.adds(team);
  const std::string share = room.shares("\"" + coded + "\"");
  const Remis shared = room.hands(cabinet, {share, "badges"});
  const Delivre hers = room.issues(cabinet);
  cabinet.lists = false;
  const Remis bare = room.hands(cabinet, {share, "badges"});
  const Survivances left = survivances(*room.journal, room.aline);
  REQUIRE(left.a_poser.size() == 1);
  CHECK(left.a_poser.at(0).badge == shared.badges.at(0).id);
  REQUIRE(left.si_demande.size() == 1);
  CHECK(left.si_demande.at(0).badge == hers.badge.id);
  CHECK(left.sans_statut == std::vector{bare.badges.at(0).id});
  REQUIRE(left.chez_d_autres.size() == 3);
  CHECK(left.chez_d_autres.at(0).destinataire == "Boulangerie");
  CHECK(left.chez_d_autres.at(0).jusqu_au == day("2022-07-01"));
  CHECK(left.chez_d_autres.at(2).forme == "badge");
  const auto rules = conservation::read_conservation(*national_pack());
  const auto erased = passeport::effacer(*room.journal, {room.aline}, *national_pack(), rules, rights(),
                                         {"dpo", instant(room.now()), day("2022-06-02"), "demande"});
  REQUIRE(erased.passeports.size() == 1);
  CHECK(erased.passeports.at(0).a_poser.size() == 1);
  std::map<std::string, std::int64_t> kept; // statistics
  for (const auto &one : erased.effaces.figees)
    if (one.public_ == "tous")
      kept[one.mesure] += one.effectif;
  CHECK(kept["passeports"] == 1);
  CHECK(kept["badges"] == 1);
  CHECK(refusal([&] { survivances(*room.journal, room.aline); }) == "E005");
}

namespace {

credentials::OptionsVerification trusting(const Cabinet &cabinet) {
  const credentials::Cle keeper = credentials::Cle::generer("ed25519");
  credentials::OptionsVerification options;
  options.au = at;
  options.confiance = credentials::sign_trust_list(
      R"({"emetteurs": [{"id": ")" + cabinet.key.publiques().did +
          R"(", "nom": "Maison", "etat": "reconnu", "du": "2022-01-01"}]})",
      crypto::Signer(keeper.secret()), keeper.publiques().did + "#" + *keeper.publiques().multibase);
  return options;
}

Garantie guarantees(Accueil &room, const Cabinet &cabinet, const std::string &item, const std::string &badge,
                    const std::string &to = {}) {
  auto options = trusting(cabinet);
  if (!to.empty())
    options.destinataire = to;
  return garantir(room.guichet, rights(), *national_pack(), room.asks("referent"), room.aline, item, badge, options);
}

} // namespace

TEST_CASE("what she took along guarantees nothing, undone or not", "[passeport]") {
  Accueil room;
  Cabinet cabinet;
  cabinet.lists = false;
  const std::string coded = room.adds(team);
  const Remis made = room.hands(cabinet, {"", "badges", {coded}});
  const std::string &badge = made.badges.at(0).texte;
  CHECK(guarantees(room, cabinet, coded, badge).motif == "ce badge n’a pas été donné à cette personne");
  CHECK(guarantees(room, cabinet, coded, badge, made.titulaire).motif.find("montrer son passeport") !=
        std::string::npos);
  room.bureau.annuler(room.asks("personne"), made.acte.acte);
  CHECK(guarantees(room, cabinet, coded, badge, made.titulaire).motif.find("montrer son passeport") !=
        std::string::npos);
  for (const Element &one : room.sees().elements)
    CHECK((one.id != coded || one.assurance == "declare"));
}

TEST_CASE("an identifier that she stated under a share does not make another's badge hers", "[passeport]") {
  Accueil room;
  Cabinet cabinet;
  cabinet.lists = false;
  const std::string theirs = credentials::Cle::generer("ed25519").publiques().did;
  const std::string coded = room.adds(team);
  CHECK(room.hands(cabinet, {"", "badges", {coded}, {"", theirs}}).titulaire == theirs);
  const std::string badge =
      credentials::emettre(R"({"@context": ["https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"], "id": "urn:uuid:cap",
    "type": ["VerifiableCredential", "OpenBadgeCredential"], "issuer": {"id": "ISSUER", "type": ["Profile"]},
    "validFrom": "2022-01-01T00:00:00Z", "credentialSubject": {"type": ["AchievementSubject"], "id": ")" +
                               theirs + R"(", "achievement": {"id": "urn:uuid:a", "type": ["Achievement"],
    "name": "Équipe", "description": "d", "criteria": {"narrative": "vu"}, "alignment": [{"type": ["Alignment"],
    "targetName": "t", "targetUrl": "https://rome.example/c", "targetCode": "300465"}]}}})",
                           cabinet.key, {{}, at, {}})
          .badge;
  CHECK_FALSE(guarantees(room, cabinet, coded, badge).garanti);
  CHECK(guarantees(room, cabinet, coded, badge, theirs).garanti); // who verifies says to whom it was given
}

TEST_CASE("a badge delivered here guarantees its own items, and none once it was revoked", "[passeport]") {
  Accueil room;
  Cabinet cabinet;
  cabinet.lists = false;
  const Delivre made = room.issues(cabinet);
  const std::string coded = room.adds(team);
  CHECK(guarantees(room, cabinet, coded, made.badge.texte).motif.find("d’autres éléments") != std::string::npos);
  CHECK(guarantees(room, cabinet, room.item, made.badge.texte).garanti);
  const auto looks = [&] {
    return revoir(room.guichet, rights(), *national_pack(), room.asks("referent"), room.aline, trusting(cabinet), false)
        .at(0);
  };
  CHECK(looks().etat == "tient");
  room.does("referent", "passeport.revoquer", "2022-06-01", of(made.badge.id, R"("motif": "erreur")"));
  CHECK(looks().etat == "tombe");
  CHECK(looks().motif == "badge_revoque");
  CHECK(guarantees(room, cabinet, room.item, made.badge.texte).motif == "ce badge fut révoqué");
}

TEST_CASE("what left and was undone since still has its entries to be set", "[passeport]") {
  Accueil room;
  Cabinet cabinet;
  const std::string coded = room.adds(team);
  const std::string share = room.shares("\"" + coded + "\"");
  const Remis made = room.hands(cabinet, {share, "badges"});
  const Delivre hers = room.issues(cabinet);
  room.bureau.annuler(room.asks("personne"), made.acte.acte);
  room.bureau.annuler(room.asks("referent"), hers.acte.acte);
  const Survivances left = survivances(*room.journal, room.aline);
  REQUIRE(left.a_poser.size() == 1);
  CHECK(left.a_poser.at(0).badge == made.badges.at(0).id);
  REQUIRE(left.si_demande.size() == 1);
  CHECK(left.si_demande.at(0).badge == hers.badge.id);
  CHECK(statuts_du_partage(*room.journal, room.aline, share).size() == 1);
}
