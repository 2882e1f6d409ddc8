// What others say for her: asked for, given, refused, taken back; signed, verified, joined to a badge.
#include "spie/credentials/issue.hpp"
#include "spie/dossier/identite.hpp"
#include "spie/passeport/profil.hpp"
#include "spie/passeport/recommandation.hpp"
#include "tests/passeport/salle.hpp"
#include "text/base64.hpp"

#include <fstream>
#include <sstream>

using namespace spie;
using namespace spie::passeport;
using namespace spie::testing;

namespace {

const std::string at = "2022-06-01T08:00:00Z";
const std::string of_badge = "urn:uuid:7d3c5f5e-1f63-4b6e-9d39-0d6b0f1c2a11"; // that of examples/donnees

std::string asks_for(const std::string &element, const std::string &more = {}) {
  return R"({"element": ")" + element + R"(", "nom": "Mme Inventée", "qualite": "employeur", "badge": ")" + of_badge +
         "\"" + more + "}";
}

std::string key_of(const parcours::ActeFait &done) { return text_of(done.evenements.front().contenu, "id"); }

std::string attestation() {
  std::ostringstream content;
  content << std::ifstream(std::string(SPIE_SOURCE_DIR) + "/examples/donnees/attestation.json").rdbuf();
  return content.str();
}

credentials::Verificateur verifier(std::vector<credentials::Nom> required = {}) {
  credentials::OptionsVerification options;
  options.au = "2026-11-29T08:00:00Z";
  options.exiger = std::move(required);
  return credentials::Verificateur(options);
}

std::string signed_by(const credentials::Cle &key, const std::string &credential,
                      std::vector<credentials::Preuve> proofs = {}) {
  return credentials::emettre(credential, key, {std::move(proofs), at, {}}).badge;
}

std::string document(Salle &room, const std::string &which, const DemandeAvenant &asked) {
  return attestation_recommandation(room.guichet, rights(), *national_pack(), room.asks("referent"), room.aline,
                                    day("2022-06-01"), which, asked);
}

} // namespace

TEST_CASE("an endorsement is asked for by her, of an item of hers, and given by another", "[passeport]") {
  Salle room;
  const std::string item = room.adds();
  CHECK(room.refused("membre", "recommandation.demander", "2022-04-02", asks_for(item)) == "R002");
  CHECK(room.refused("referent", "recommandation.demander", "2022-04-02", asks_for(item)) ==
        "Q002 at /contenu/accord_recueilli");
  CHECK(room.refused("personne", "recommandation.demander", "2022-04-02", asks_for("autre")) ==
        "Q001 at /contenu/element");
  CHECK(room.refused("personne", "recommandation.demander", "2022-04-02",
                     asks_for(item, R"(, "a": "professionnel:rene")")) == "Q001 at /contenu/a");
  CHECK(room.refused("personne", "recommandation.demander", "2022-04-02",
                     asks_for(item, R"(, "texte": "Très bien")")) == "Q001 at /contenu/texte");
  const std::string which = key_of(room.does("personne", "recommandation.demander", "2022-04-02", asks_for(item)));
  CHECK(room.sees().recommandations.at(0).etape == "demandee");
  // Never by herself; words or a document, without health nor justice, nor a NIR.
  CHECK(room.refused("personne", "recommandation.donner", "2022-04-03", of(which, R"("texte": "Bien")")) == "R002");
  CHECK(room.refused("referent", "recommandation.donner", "2022-04-03", R"({"id": ")" + which + "\"}") ==
        "Q001 at /contenu/texte");
  CHECK(room.refused("referent", "recommandation.donner", "2022-04-03",
                     of(which, R"("texte": "Bien, malgré son handicap")")) == "Q002 at /contenu/texte");
  CHECK(room.refused("referent", "recommandation.donner", "2022-04-03", of(which, R"("texte": "n° 1900677123456")")) ==
        "Q002 at /contenu/texte");
  CHECK(room.refused("referent", "recommandation.donner", "2022-04-03", of(which, R"("avenant": "urn:uuid:2")")) ==
        "Q002 at /contenu/avenant");
  // A signature is told by what verified it, never by hand, even whole.
  CHECK(room.refused("referent", "recommandation.donner", "2022-04-03",
                     of(which, R"("avenant": "urn:uuid:2", "empreinte": "00", "emetteur": "did:web:x.example",
                                  "verifie_le": {"@date": "2022-04-03"})")) == "Q002 at /contenu/avenant");
  CHECK(room.refused("referent", "recommandation.donner", "2022-04-03",
                     of(which, R"("texte": "Bien", "emetteur": "did:web:x.example")")) == "Q002 at /contenu/emetteur");
  room.does("referent", "recommandation.donner", "2022-04-03", of(which, R"("texte": "Elle tient la caisse seule")"));
  const Recommandation held = room.sees().recommandations.at(0);
  CHECK(held.etape == "donnee");
  CHECK(held.texte == "Elle tient la caisse seule");
  CHECK(held.qualite == "employeur");
  CHECK(held.demandee_le == day("2022-04-02"));
  CHECK(held.repondue_le == day("2022-04-03"));
  CHECK(room.sees().elements.at(0).assurance == "declare"); // it vouches for nothing by itself
  CHECK(room.sees("personne", "2022-04-02").recommandations.at(0).etape == "demandee");
  CHECK(room.sees("membre").recommandations.at(0).texte.empty()); // a member sees no words of others
}

TEST_CASE("nobody vouches for herself by a dossier that hers absorbed", "[passeport][fusion]") {
  Salle room;
  room.tells({{"personne:aline2", "identite", R"({"nom": "EXEMPLE", "prenom": "Aline"})", "2022-03-01"}});
  dossier::fusionner(*room.journal, room.aline, subject("personne:aline2"),
                     {"professionnel:gina", instant(room.now()), day("2022-03-10"), "doublon"});
  const std::string item = room.adds();
  CHECK(room.refused("referent", "passeport.confirmer", "2022-04-02",
                     of(item, R"("qualite": "pair", "vu": "vu", "par": "personne:aline2")")) == "Q001 at /contenu/par");
  CHECK(room.refused("personne", "recommandation.demander", "2022-04-02",
                     R"({"element": ")" + item + R"(", "qualite": "pair", "a": "personne:aline2"})") ==
        "Q001 at /contenu/a");
}

TEST_CASE("who vouched counts no more once her dossier absorbed theirs", "[passeport][fusion]") {
  Salle room;
  room.tells({{"personne:aline2", "identite", R"({"nom": "EXEMPLE", "prenom": "Aline"})", "2022-03-01"}});
  const std::string item = room.adds();
  room.does("referent", "passeport.confirmer", "2022-04-02",
            of(item, R"("qualite": "pair", "vu": "vu", "par": "personne:aline2")"));
  CHECK(room.sees().elements.at(0).assurance == "confirme");
  dossier::fusionner(*room.journal, room.aline, subject("personne:aline2"),
                     {"professionnel:gina", instant(room.now()), day("2022-04-10"), "doublon"});
  const Element held = room.sees().elements.at(0);
  CHECK(held.assurance == "declare");
  REQUIRE(held.garants.size() == 1);
  CHECK_FALSE(held.garants.at(0).tient);
  CHECK_FALSE(held.garants.at(0).motif.empty());
  // Somebody else raises it again.
  room.does("referent", "passeport.confirmer", "2022-05-02",
            of(item, R"("qualite": "tuteur", "vu": "vu", "nom_garant": "Mme Inventée")"));
  CHECK(room.sees().elements.at(0).assurance == "confirme");
}

TEST_CASE("an endorsement is refused by whom was asked, and taken back by her, or with its motive", "[passeport]") {
  Salle room;
  const std::string item = room.adds();
  const std::string to_rene = R"({"element": ")" + item + R"(", "a": "professionnel:rene", "qualite": "tuteur"})";
  const std::string first = key_of(room.does("personne", "recommandation.demander", "2022-04-02", to_rene));
  // A member is somebody else than René.
  CHECK(room.refused("membre", "recommandation.donner", "2022-04-03", of(first, R"("texte": "Bien")")) ==
        "Q002 at /sujet");
  room.does("referent", "recommandation.refuser", "2022-04-03", of(first, R"("motif": "pas_le_temps")"));
  CHECK(room.sees().recommandations.at(0).etape == "refusee");
  CHECK(room.refused("referent", "recommandation.donner", "2022-04-04", of(first, R"("texte": "Bien")")) ==
        "Q002 at /acte");
  const std::string second = key_of(room.does("personne", "recommandation.demander", "2022-04-05", to_rene));
  room.does("referent", "recommandation.donner", "2022-04-06", of(second, R"("texte": "Bien")"));
  CHECK(room.refused("referent", "recommandation.retirer", "2022-04-07", R"({"id": ")" + second + "\"}") ==
        "Q001 at /contenu/motif");
  CHECK(room.refused("referent", "recommandation.retirer", "2022-04-07", of(second, R"("motif": "truc")")) ==
        "Q001 at /contenu/motif");
  room.does("personne", "recommandation.retirer", "2022-04-07", R"({"id": ")" + second + "\"}");
  CHECK(room.sees().recommandations.at(1).etape == "retiree");
}

TEST_CASE("a signed endorsement is verified here, and nothing is written down unless it holds", "[passeport]") {
  Salle room;
  const std::string item = room.adds();
  const std::string which = key_of(room.does("personne", "recommandation.demander", "2022-04-02", asks_for(item)));
  CHECK(refusal([&] { document(room, "autre", {}); }) == "Q002 at /recommandation");
  CHECK(refusal([&] { document(room, which, {"Bien, malgré sa maladie"}); }) == "Q001 at /texte");
  const std::string words = "Elle a l’esprit d’équipe « et le cœur » 🤝 أمل";
  const std::string unsigned_ = document(room, which, {words, {}, {}, "Boulangerie inventée"});
  const credentials::Cle key = credentials::Cle::generer("ed25519");
  const std::string endorsement = signed_by(key, unsigned_);
  const auto receives = [&](const std::string &bytes) {
    return recevoir_recommandation(room.bureau, room.guichet, rights(), room.asks("referent"), room.aline,
                                   day("2022-06-01"), which, bytes, verifier());
  };
  // One byte of its words changed; nobody's signature; of another badge.
  std::string altered = endorsement;
  altered.replace(altered.find("équipe"), 2, "E");
  CHECK(refusal([&] { receives(altered); }) == "Q002 at /avenant");
  CHECK(refusal([&] { receives(unsigned_); }) == "B011 at /proof");
  const std::string elsewhere = signed_by(key, document(room, which, {words, "urn:uuid:autre"}));
  CHECK(refusal([&] { receives(elsewhere); }) == "Q002 at /avenant");
  CHECK(refusal([&] { receives(signed_by(key, attestation())); }) == "B001 at /type");
  CHECK(room.sees().recommandations.at(0).etape == "demandee");
  // She signs for herself, with the key that names her in her badge.
  const credentials::Cle own = credentials::Cle::generer("ed25519");
  room.tells({{"personne:aline", "badge_delivre",
               R"({"id": "urn:uuid:9", "etape": "delivre", "immersion": "I", "emetteur": "did:web:x.example",
                   "empreinte": "00", "titulaire": ")" +
                   own.publiques().did + "\"}",
               "2022-05-01"}});
  CHECK(refusal([&] { receives(signed_by(own, unsigned_)); }) == "Q002 at /avenant");
  // With a key that names her there under its other name.
  const credentials::Cle other = credentials::Cle::generer("ed25519");
  room.tells({{"personne:aline", "badge_delivre",
               R"({"id": "urn:uuid:10", "etape": "delivre", "immersion": "I", "emetteur": "did:web:x.example",
                   "empreinte": "00", "titulaire": "did:jwk:)" +
                   to_base64url(write_json(other.publiques().jwk)) + "\"}",
               "2022-05-01"}});
  CHECK(refusal([&] { receives(signed_by(other, unsigned_)); }) == "Q002 at /avenant");
  const Reception made = receives(endorsement);
  CHECK(made.rapport.verdict == credentials::Verdict::valide);
  const Recommandation held = room.sees("referent").recommandations.at(0);
  CHECK(held.etape == "donnee");
  CHECK(held.texte == words);
  CHECK(held.emetteur == key.publiques().did);
  CHECK(held.empreinte.size() == 64);
  CHECK(held.verifie_le == day("2022-06-01"));
}

TEST_CASE("a signed endorsement stands in the badge that it is of, under the check avenants", "[passeport]") {
  Salle room;
  const std::string item = room.adds();
  const std::string which = key_of(room.does("personne", "recommandation.demander", "2022-04-02", asks_for(item)));
  const credentials::Cle tutor = credentials::Cle::generer("ed25519"), peer = credentials::Cle::generer("p256"),
                         house = credentials::Cle::generer("ed25519");
  const std::string first = signed_by(tutor, document(room, which, {"Très bien"}));
  const std::string second = signed_by(peer, document(room, which, {"Elle aide"}), {credentials::Preuve::vc_jwt});
  const std::string third = signed_by(tutor, document(room, which, {"Et ponctuelle"}));
  std::string joined = credentials::joindre(credentials::joindre(attestation(), first), second);
  joined = credentials::joindre(joined, third);
  const std::string badge = signed_by(house, joined);
  const credentials::Rapport report = verifier({credentials::Nom::avenants}).verifier(badge);
  CHECK(report.verdict == credentials::Verdict::valide);
  std::size_t good = 0;
  for (const credentials::Controle &one : report.controles)
    good += one.nom == credentials::Nom::avenants && one.etat == credentials::Etat::ok ? 1 : 0;
  CHECK(good == 3);
  // What it says cannot be changed, nor put into what is signed, nor into another badge.
  std::string altered = badge;
  altered.replace(altered.find("Et ponctuelle"), 2, "ET");
  CHECK(verifier({credentials::Nom::avenants}).verifier(altered).verdict == credentials::Verdict::invalide);
  CHECK(refusal([&] { (void)credentials::joindre(badge, first); }) == "B005 at /proof");
  const std::string other = signed_by(tutor, document(room, which, {"Très bien", "urn:uuid:autre"}));
  CHECK(refusal([&] { (void)credentials::joindre(attestation(), other); }) == "B001 at /credentialSubject/id");
  // Of the achievement: it stands there.
  const std::string achievement = "urn:uuid:0b9a9f0e-5b8f-4f7c-8a53-1f0b3c1d9f20";
  const std::string of_achievement = signed_by(tutor, document(room, which, {"Bon badge", achievement}));
  const std::string within = credentials::joindre(attestation(), of_achievement);
  CHECK(within.find("\"endorsement\"") > within.find("\"achievement\""));
  CHECK(verifier({credentials::Nom::avenants}).verifier(signed_by(house, within)).verdict ==
        credentials::Verdict::valide);
}

TEST_CASE("an endorsement leaves under a share as what and of whom, and its words once declassified", "[passeport]") {
  Salle room;
  const std::string item = room.adds();
  const std::string which = key_of(room.does("personne", "recommandation.demander", "2022-04-02", asks_for(item)));
  const auto given =
      room.does("referent", "recommandation.donner", "2022-04-03", of(which, R"("texte": "Elle tient la caisse")"));
  const std::string share = key_of(room.does("personne", "passeport.partager", "2022-05-01",
                                             R"({"destinataire": "B", "finalite": "candidature",
        "fin": {"@date": "2022-07-01"}, "elements": [")" +
                                                 item + R"("], "champs": ["recommandations"],
        "mots": [{"element": ")" + item + R"(", "texte": "Tenir une caisse"}]})"));
  const auto leaves = [&] {
    return selectionner(room.guichet, rights(), *national_pack(), room.asks("personne"), room.aline, day("2022-05-02"),
                        share)
        .elements.at(0)
        .recommandations.at(0);
  };
  CHECK(leaves().qualite == "employeur");
  CHECK(leaves().structure.empty()); // the journal does not know it, and no name leaves
  CHECK(leaves().le == day("2022-04-03"));
  CHECK(leaves().texte.empty());
  room.tells({{"personne:aline", "declassement",
               R"({"evenement": ")" + given.evenements.front().id + R"(", "champ": "texte"})", "2022-05-02"}});
  CHECK(leaves().texte == "Elle tient la caisse");
}
