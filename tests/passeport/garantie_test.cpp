// A badge that guarantees an item: verified here, by the list of trust of that day, and looked at again later.
#include "credentials/data_integrity.hpp"
#include "credentials/status.hpp"
#include "credentials/trust.hpp"
#include "crypto/key.hpp"
#include "spie/credentials/issue.hpp"
#include "spie/passeport/garantie.hpp"
#include "tests/passeport/salle.hpp"

using namespace spie;
using namespace spie::passeport;
using namespace spie::testing;
using credentials::Cle;

namespace {

const std::string now_text = "2022-05-02T08:00:00Z";
const std::string list_address = "https://etat.example/liste";

std::string did(const Cle &key) { return key.publiques().did; }
std::string method(const Cle &key) { return did(key) + "#" + *key.publiques().multibase; }

std::string badge_of(const Cle &key, const std::string &subject, const std::string &more = "") {
  return credentials::emettre(R"({"@context": ["https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"], "id": "urn:uuid:cap",
    "type": ["VerifiableCredential", "OpenBadgeCredential"], "issuer": {"id": "ISSUER", "type": ["Profile"]},
    "validFrom": "2022-01-01T00:00:00Z", )" +
                                  more + R"("credentialSubject": {"type": ["AchievementSubject"], )" + subject +
                                  R"(, "achievement": {"id": "urn:uuid:a", "type": ["Achievement"],
    "name": "Tenue de caisse", "description": "Tenir une caisse", "criteria": {"narrative": "vu"}}}})",
                              key, {{}, now_text, {}})
      .badge;
}

const std::string hers = R"("identifier": [{"type": "IdentityObject", "hashed": false,
  "identityHash": "aline@example.org", "identityType": "emailAddress"}])";
const std::string status = R"("credentialStatus": [{"type": "BitstringStatusListEntry", "statusPurpose": "revocation",
  "statusListIndex": "40", "statusListCredential": ")" +
                           list_address + R"("}], )";

std::string trust_of(const Cle &keeper, const Cle &issuer, const std::string &more = R"("du": "2022-01-01")") {
  return credentials::sign_trust_list(R"({"emetteurs": [{"id": ")" + did(issuer) + R"(", "nom": "CFA inventé",
    "etat": "reconnu", )" + more + "}]}",
                                      crypto::Signer(keeper.secret()), method(keeper));
}

std::string list_of(const Cle &key, bool revoked) {
  credentials::Bitstring bits;
  bits.set(40, revoked ? 1 : 0);
  const std::string list = R"({"@context": ["https://www.w3.org/ns/credentials/v2"], "id": ")" + list_address +
                           R"(", "type": ["VerifiableCredential", "BitstringStatusListCredential"], "issuer": ")" +
                           did(key) + R"(", "validFrom": "2022-01-01T00:00:00Z", "credentialSubject": {"id": ")" +
                           list_address +
                           R"(#list", "type": "BitstringStatusList", "statusPurpose": "revocation",
    "encodedList": ")" + bits.encode() +
                           R"("}})";
  return credentials::add_proof(list, {*credentials::suite_named("eddsa-rdfc-2022"), method(key), now_text},
                                crypto::Signer(key.secret()), credentials::jsonld::Contexts::pinned());
}

struct Bureau : Salle {
  Cle keeper = Cle::generer("ed25519"), school = Cle::generer("ed25519");
  std::string item = adds(R"({"genre": "competence", "libelle": "Tenue de caisse"})");

  credentials::OptionsVerification options(const std::string &trust, const std::string &when = now_text) {
    credentials::OptionsVerification given;
    given.au = when;
    given.confiance = trust;
    return given;
  }
  Garantie guarantees(const std::string &badge, credentials::OptionsVerification given,
                      const std::string &role = "referent") {
    return garantir(guichet, rights(), *national_pack(), asks(role), aline, item, badge, std::move(given));
  }
  std::vector<Revue> looks(credentials::OptionsVerification given, bool record) {
    return revoir(guichet, rights(), *national_pack(), asks("referent"), aline, std::move(given), record);
  }
  std::string assurance(std::string_view at = "2022-06-01") { return sees("personne", at).elements.at(0).assurance; }
};

} // namespace

TEST_CASE("a badge that holds, of an issuer recognised that day, guarantees an item, with what was found",
          "[passeport]") {
  Bureau room;
  const Garantie made = room.guarantees(badge_of(room.school, hers), room.options(trust_of(room.keeper, room.school)));
  INFO(made.motif);
  REQUIRE(made.garanti);
  CHECK(made.rapport.verdict == credentials::Verdict::valide);
  CHECK(room.assurance() == "garanti");
  CHECK(room.assurance("2022-05-01") == "declare");
  const Garant voucher = room.sees().elements.at(0).garants.at(0);
  CHECK(voucher.emetteur == did(room.school));
  CHECK(voucher.badge.starts_with("urn:uuid:cap sha256:"));
  CHECK(voucher.vu == "Tenue de caisse");
  CHECK(voucher.verifie_le == day("2022-05-02"));
  CHECK(voucher.liste.find("CFA inventé") != std::string::npos);
  CHECK(voucher.liste.find(did(room.keeper)) != std::string::npos);
}

TEST_CASE("what is not valid, not recognised that day, or not hers guarantees nothing", "[passeport]") {
  Bureau room;
  const std::string badge = badge_of(room.school, hers), trust = trust_of(room.keeper, room.school);
  const auto refused = [&](const std::string &bytes, const credentials::OptionsVerification &given) {
    const Garantie made = room.guarantees(bytes, given);
    CHECK_FALSE(made.acte);
    CHECK_FALSE(made.garanti);
    CHECK(room.assurance() == "declare");
    return made.motif;
  };
  std::string altered = badge;
  altered.replace(altered.find("caisse"), 6, "laisse");
  CHECK(refused(altered, room.options(trust)).find("signature") != std::string::npos);
  CHECK_FALSE(refused(badge, room.options("")).empty()); // no list
  CHECK_FALSE(refused(badge, room.options(trust_of(room.keeper, room.keeper))).empty());
  CHECK_FALSE(
      refused(badge, room.options(trust_of(room.keeper, room.school, R"("du": "2022-01-01", "au": "2022-04-30")")))
          .empty());
  CHECK_FALSE(
      refused(badge_of(room.school, hers, R"("validUntil": "2022-05-01T00:00:00Z", )"), room.options(trust)).empty());
  CHECK(refused(badge_of(room.school, hers, status), room.options(trust)).find("remise") != std::string::npos);
  CHECK(refused(badge_of(room.school, R"("id": "urn:uuid:autre")"), room.options(trust)) ==
        "ce badge n’a pas été donné à cette personne");
  auto another = room.options(trust);
  another.destinataire = "zoe@example.org";
  CHECK(refused(badge, another) == "ce badge n’a pas été donné à cette personne");
  CHECK_FALSE(refused("{}", room.options(trust)).empty());
  CHECK(refusal([&] { room.guarantees(badge, room.options(trust), "personne"); }) == "R002");
  CHECK(refusal([&] {
          garantir(room.guichet, rights(), *national_pack(), room.asks("referent"), room.aline, "autre", badge,
                   room.options(trust));
        }) == "Q002 at /element");
  // Nor does what somebody writes of a badge.
  CHECK(room.refused("referent", "passeport.garantir", "2022-05-03",
                     of(room.item, R"("moyen": "badge", "badge": "urn:uuid:1", "emetteur": "did:key:z1", "liste": "l",
                                      "verifie_le": {"@date": "2022-05-02"})")) == "Q002 at /contenu/moyen");
}

TEST_CASE("a later look lowers what a badge guarantees, when it was revoked, ended, or lost its recognition",
          "[passeport]") {
  Bureau room;
  const std::string trust = trust_of(room.keeper, room.school);
  auto given = room.options(trust);
  given.documents = {{list_address, list_of(room.school, false)}};
  REQUIRE(room.guarantees(badge_of(room.school, hers, status + R"("validUntil": "2022-12-31T12:00:00Z", )"), given)
              .garanti);
  const Garant voucher = room.sees().elements.at(0).garants.at(0);
  REQUIRE(voucher.statuts.size() == 1);
  CHECK(voucher.statuts.at(0).index == 40);
  CHECK(voucher.expire_le == day("2022-12-31"));

  CHECK(room.looks(given, true).at(0).etat == "tient");
  // A list that nobody handed over says nothing, and never "it holds".
  CHECK(room.looks(room.options(trust), true).at(0).etat == "inconnu");
  CHECK(room.assurance() == "garanti");
  // The list of trust may lose the issuer, the badge may end.
  auto later = room.options(trust_of(room.keeper, room.keeper));
  later.documents = given.documents;
  CHECK(room.looks(later, false).at(0).motif == "emetteur_retire");
  auto after = room.options(trust, "2023-01-01T08:00:00Z");
  after.documents = given.documents;
  CHECK(room.looks(after, false).at(0).motif == "badge_expire");
  CHECK(room.assurance() == "garanti"); // looked at, not recorded
  auto revoked = room.options(trust, "2022-05-20T08:00:00Z");
  revoked.documents = {{list_address, list_of(room.school, true)}};
  const auto fallen = room.looks(revoked, true);
  REQUIRE(fallen.size() == 1);
  CHECK(fallen.at(0).etat == "tombe");
  CHECK(fallen.at(0).motif == "badge_revoque");
  CHECK(fallen.at(0).note);
  CHECK(room.assurance() == "declare");
  CHECK(room.assurance("2022-05-19") == "garanti"); // both stand in the history
  CHECK(room.looks(revoked, true).empty());
}

TEST_CASE("a badge guarantees the item that it is about: by a code, or by its name where there is no code",
          "[passeport]") {
  Bureau room;
  const std::string trust = trust_of(room.keeper, room.school);
  const auto told = [&](const std::string &item, const std::string &alignment) {
    std::string text = badge_of(room.school, hers);
    if (!alignment.empty())
      text = credentials::emettre(
                 R"({"@context": ["https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"], "id": "urn:uuid:cap",
    "type": ["VerifiableCredential", "OpenBadgeCredential"], "issuer": {"id": "ISSUER", "type": ["Profile"]},
    "validFrom": "2022-01-01T00:00:00Z", "credentialSubject": {"type": ["AchievementSubject"], )" +
                     hers + R"(, "achievement": {"id": "urn:uuid:a", "type": ["Achievement"],
    "name": "Tenue de caisse", "description": "d", "criteria": {"narrative": "vu"}, "alignment": [{"type": ["Alignment"],
    "targetName": "t", "targetUrl": "https://rome.example/c", "targetCode": ")" +
                     alignment + R"("}]}}})",
                 room.school, {{}, now_text, {}})
                 .badge;
    room.item = item;
    return room.guarantees(text, room.options(trust)).motif;
  };
  const std::string coded = room.adds(
      R"({"genre": "competence", "code_rome": "300465", "nature_rome": "competence", "version_rome": "v460"})");
  const std::string other = room.adds(R"({"genre": "langue", "libelle": "Klingon"})");
  CHECK(told(other, "").find("référence") != std::string::npos);
  CHECK(told(coded, "").find("aucun des codes") != std::string::npos);
  CHECK(told(coded, "399999").find("aucun des codes") != std::string::npos);
  CHECK(told(other, "300465").find("référence") != std::string::npos);
  for (const Element &one : room.sees().elements)
    CHECK(one.assurance == "declare");
  CHECK(told(coded, "300465").empty());
  CHECK(told(room.adds(R"({"genre": "competence", "libelle": " TENUE de caisse "})"), "").empty());
}
