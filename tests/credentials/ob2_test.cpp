// Open Badges 2.0: the published files under the verdicts of their source, and badges of ours. Their key and signature
// were made by another program (openssl).
#include "tests/credentials/files.hpp"

#include "credentials/carrier.hpp"
#include "credentials/instant.hpp"
#include "credentials/ob2.hpp"
#include "credentials/ob2/rules.hpp"
#include "credentials/ob2/signed.hpp"
#include "spie/json.hpp"

#include <sstream>

using namespace spie;
using namespace spie::credentials;
using spie::testing::own_file;
using spie::testing::published;
using spie::testing::refusal;
using Verdict = Ob2::Verdict;

namespace {

feel::DaysDuration day(std::string_view date) { return *read_instant(std::string(date) + "T12:00:00Z"); }

// http(s)://(www.)example.org/X is assets/X, as in the tests of the source.
Documents assets() {
  Documents documents;
  documents.ask = [](std::string_view address) -> std::optional<std::string> {
    for (const std::string_view site : {"http://example.org/", "https://example.org/", "http://www.example.org/"})
      if (address.starts_with(site)) {
        const std::filesystem::path path =
            std::filesystem::path(SPIE_SHARED_DIR) / "badges/ob20/assets" / address.substr(site.size());
        if (std::filesystem::is_regular_file(path))
          return testing::bytes_of(path);
      }
    return std::nullopt;
  };
  return documents;
}

// What the verdict of the source asks of ours.
bool agrees(std::string_view expected, const Ob2 &read) {
  if (expected == "valid")
    return read.verdict() == Verdict::valid;
  if (expected == "warning")
    return read.verdict() == Verdict::valid && read.has_warnings();
  return read.verdict() == (expected == "invalid" ? Verdict::invalid : Verdict::not_verifiable);
}

std::string told(const Ob2 &read) {
  std::string text;
  for (const auto *list : {&read.structure, &read.proof, &read.key, &read.issuer_findings, &read.status, &read.dates})
    for (const Finding &one : *list) {
      CHECK_FALSE(one.reason.fr.empty());
      text += std::string(spie::text(one.code)) + " " + one.where + "; ";
    }
  return text;
}

const std::string issuer = R"({"@context": "https://w3id.org/openbadges/v2", "type": "Issuer",
  "id": "https://exemple.fr/emetteur.json", "name": "Émetteur d’essai", "url": "https://exemple.fr",
  "email": "badges@exemple.fr", "publicKey": "https://exemple.fr/cle.json",
  "revocationList": "https://exemple.fr/revoques.json"})";
const std::string badge_class = R"({"@context": "https://w3id.org/openbadges/v2", "type": "BadgeClass",
  "id": "https://exemple.fr/classe.json", "name": "Accueil", "description": "Sait accueillir",
  "criteria": {"narrative": "Trois semaines à l’accueil"}, "issuer": "https://exemple.fr/emetteur.json"})";
const std::string hosted = R"({"@context": "https://w3id.org/openbadges/v2", "type": "Assertion",
  "id": "https://exemple.fr/1.json", "recipient": {"type": "email", "hashed": false, "identity": "a@exemple.fr"},
  "badge": "https://exemple.fr/classe.json", "issuedOn": "2024-05-01T10:00:00+02:00",
  "verification": {"type": "hosted"}})";
const std::string nobody_revoked = R"({"@context": "https://w3id.org/openbadges/v2", "type": "RevocationList",
  "id": "https://exemple.fr/revoques.json", "revokedAssertions": []})";

Documents held() {
  Documents documents;
  documents.held = {{"https://exemple.fr/emetteur.json", issuer},
                    {"https://exemple.fr/classe.json", badge_class},
                    {"https://exemple.fr/revoques.json", nobody_revoked},
                    {"https://exemple.fr/cle.json", own_file("ob2-cle.json")}};
  return documents;
}

std::string with(std::string text, std::string_view part, std::string_view other) {
  const std::size_t at = text.find(part);
  REQUIRE(at != std::string::npos);
  return text.replace(at, part.size(), other);
}

std::string told_of(std::string_view bytes, const Documents &documents = held()) {
  return told(read_ob2(bytes, documents, day("2026-11-29")));
}

} // namespace

TEST_CASE("the published files are given the verdicts of their source", "[credentials][ob2]") {
  const auto verdicts = published("ob20/verdicts.csv");
  if (!verdicts)
    return;
  std::istringstream rows(*verdicts);
  std::string row;
  std::getline(rows, row);
  const Documents documents = assets();
  int passed = 0, all = 0;
  while (std::getline(rows, row)) {
    const std::size_t comma = row.find(',');
    const std::string file = row.substr(0, comma),
                      expected = row.substr(comma + 1, row.find(',', comma + 1) - comma - 1);
    ++all;
    const Extracted badge = extract(*published("ob20/" + file));
    const Ob2 read = read_ob2(badge.bytes, documents, day("2026-11-29"));
    if (agrees(expected, read))
      ++passed;
    else
      WARN(file << ": expected " << expected << ", found " << told(read));
  }
  std::istringstream ratchet(testing::bytes_of(std::filesystem::path(SPIE_SOURCE_DIR) / "tests/credentials/ob20.txt"));
  while (std::getline(ratchet, row) && row.starts_with('#'))
    ;
  CHECK(std::to_string(passed) + " of " + std::to_string(all) == row);
}

TEST_CASE("a signature that changes by a character does not hold", "[credentials][ob2]") {
  const auto jws = published("ob20/simple.jwt");
  if (!jws)
    return;
  std::string text(extract(*jws).bytes);
  const auto verdict = [&](std::string_view bytes) {
    try {
      return read_ob2(bytes, assets(), day("2026-11-29")).verdict();
    } catch (const Error &) {
      return Verdict::invalid;
    }
  };
  CHECK(verdict(text) == Verdict::valid);
  for (std::size_t at = 0; at < text.size(); at += 7) {
    std::string altered = text;
    altered[at] = altered[at] == 'A' ? 'B' : 'A';
    CHECK(verdict(altered) != Verdict::valid); // another address of its key cannot be checked
  }
}

TEST_CASE("a hosted badge stands where its issuer allows", "[credentials][ob2]") {
  Documents documents = held();
  const Ob2 alone = read_ob2(hosted, documents, day("2026-11-29"));
  CHECK(alone.verdict() == Verdict::valid);
  CHECK(alone.issuer_proof == IssuerProof::self_declared);
  CHECK(alone.issuer == "https://exemple.fr/emetteur.json");
  CHECK(told(alone) == "B015 /id; ");
  documents.held["https://exemple.fr/1.json"] = hosted;
  CHECK(read_ob2(hosted, documents, day("2026-11-29")).issuer_proof == IssuerProof::proved);
  CHECK(told_of(hosted, documents).empty());
  const std::string type = R"("type": "Assertion",)"; // a server may order the members otherwise
  documents.held["https://exemple.fr/1.json"] = with(with(hosted, type, ""), "\"issuedOn\"", type + "\"issuedOn\"");
  CHECK(told_of(hosted, documents).empty());
  CHECK(told_of(with(hosted, "a@exemple.fr", "b@exemple.fr"), documents) == "B005 /id; ");
  CHECK(told_of(with(hosted, "https://exemple.fr/1.json", "https://autre.fr/1.json")) == "B005 /id; ");
  CHECK(told_of(with(hosted, "https://exemple.fr/1.json", "urn:uuid:1")) == "B005 /id; ");
  // An origin is a whole site: not its beginning, not a user before '@'.
  CHECK(told_of(with(hosted, "https://exemple.fr/1.json", "https://exemple.fr.autre.fr/1.json")) == "B005 /id; ");
  CHECK(told_of(with(hosted, "https://exemple.fr/1.json", "https://exemple.fr@autre.fr/1.json")) == "B005 /id; ");
  documents.held["https://exemple.fr/emetteur.json"] =
      with(issuer, "\"email\"", R"("verification": {"startsWith": ["https://exemple.fr/badges/"]}, "email")");
  CHECK(told_of(hosted, documents) == "B005 /id; ");
}

TEST_CASE("a signed badge names a key of its issuer", "[credentials][ob2]") {
  const std::string jws = own_file("ob2.jws");
  const Ob2 read = read_ob2(jws, held(), day("2026-11-29"));
  CHECK(told(read).empty());
  CHECK(read.issuer_proof == IssuerProof::proved);
  CHECK(read.has_status);
  REQUIRE(read.recipient);
  CHECK(recipient_of({*read.recipient}, "a@exemple.fr") == Recipient::same);
  CHECK(recipient_of({*read.recipient}, "b@exemple.fr") == Recipient::other);
  Documents documents = held();
  documents.held["https://exemple.fr/emetteur.json"] = with(issuer, "cle.json", "autre.json");
  CHECK(told_of(jws, documents) == "B006 https://exemple.fr/emetteur.json#/publicKey; ");
  CHECK(read_ob2(jws, documents, day("2026-11-29")).issuer_proof == IssuerProof::discordant);
  documents = held();
  documents.held["https://exemple.fr/cle.json"] = with(own_file("ob2-cle.json"), "emetteur.json", "autre.json");
  CHECK(told_of(jws, documents) == "B006 https://exemple.fr/cle.json#/owner; ");
  documents = held();
  documents.held.erase("https://exemple.fr/cle.json");
  CHECK(told_of(jws, documents) == "B010 /verification/creator; ");
  CHECK(read_ob2(jws, documents, day("2026-11-29")).verdict() == Verdict::not_verifiable);
  documents = held();
  documents.held["https://exemple.fr/revoques.json"] =
      with(nobody_revoked, "[]", R"(["urn:uuid:autre", {"id": "urn:uuid:0c8c2c5e-1", "revocationReason": "erreur"}])");
  CHECK(told_of(jws, documents) == "B008 https://exemple.fr/revoques.json#/revokedAssertions/1; ");
  documents.held.erase("https://exemple.fr/revoques.json");
  CHECK(told_of(jws, documents) == "B010 https://exemple.fr/emetteur.json#/revocationList; ");
  // What says that it is signed has to be.
  CHECK(told_of(with(hosted, "\"hosted\"", "\"signed\"")) == "B005 /verification/type; ");
}

TEST_CASE("an issuer that stands in the badge proves nobody", "[credentials][ob2]") {
  const std::string inside = with(badge_class, "\"https://exemple.fr/emetteur.json\"", issuer);
  const std::string badge = with(hosted, "\"https://exemple.fr/classe.json\"", inside);
  Documents nothing;
  nothing.held["https://exemple.fr/1.json"] = badge;
  nothing.held["https://exemple.fr/revoques.json"] = nobody_revoked;
  const Ob2 read = read_ob2(badge, nothing, day("2026-11-29"));
  CHECK(read.verdict() == Verdict::valid);
  CHECK(read.issuer_proof == IssuerProof::self_declared);
  CHECK(told(read) == "B015 /badge; B015 /badge/issuer; ");
  // What was handed over for these addresses counts, and not what the badge says.
  Documents documents = held();
  documents.held["https://exemple.fr/1.json"] = badge;
  CHECK(read_ob2(badge, documents, day("2026-11-29")).issuer_proof == IssuerProof::proved);
}

TEST_CASE("each rule names its place", "[credentials][ob2]") {
  const std::string rest = "B015 /id; ";
  CHECK(told_of(with(hosted, "2024-05-01T10:00:00+02:00", "2024-05-01")) == "B001 /issuedOn; " + rest);
  CHECK(told_of(with(hosted, "2024-05", "2027-05")) == rest + "B007 /issuedOn; ");
  CHECK(told_of(with(hosted, "\"issuedOn\"", R"("expires": "2025-01-01T00:00:00Z", "issuedOn")")) ==
        rest + "B007 /expires; ");
  CHECK(told_of(with(hosted, "\"hashed\": false", "\"hashed\": true")) == "B001 /recipient/identity; " + rest);
  CHECK(told_of(with(hosted, "\"hashed\": false, ", "")) == "B001 /recipient; " + rest);
  CHECK(told_of(with(hosted, "\"type\": \"email\"", "\"type\": \"nom\"")) == "B001 /recipient/type; " + rest);
  CHECK(told_of(with(hosted, "\"issuedOn\"", R"("evidence": [], "issuedOn")")) == "B001 /evidence; " + rest);
  CHECK(told_of(with(hosted, "\"issuedOn\"", R"("narrative": null, "issuedOn")")) ==
        "B001 /narrative; B001 /narrative; " + rest);
  CHECK(told_of(with(hosted, "\"issuedOn\"", R"("mention": "bien", "issuedOn")")) == "B015 /mention; " + rest);
  CHECK(told_of(with(hosted, "\"issuedOn\"", R"("revoked": true, "issuedOn")")) == rest + "B008 /revoked; ");
  CHECK(told_of(with(hosted, "openbadges/v2", "openbadges/v9")).starts_with("B002 /@context; "));
  CHECK(told_of(with(hosted, "\"Assertion\"", "\"Attestation\"")) == "B002 /type; ");
  Documents documents = held();
  documents.held["https://exemple.fr/classe.json"] = with(badge_class, "\"name\": \"Accueil\", ", "");
  CHECK(told_of(hosted, documents) == "B001 https://exemple.fr/classe.json#; " + rest);
  documents.held["https://exemple.fr/classe.json"] = issuer;
  CHECK(told_of(hosted, documents).starts_with("B001 https://exemple.fr/classe.json#/type; "));
  documents.held["https://exemple.fr/classe.json"] = "<html>";
  CHECK(told_of(hosted, documents) == "B001 https://exemple.fr/classe.json#; ");
  documents.held.erase("https://exemple.fr/classe.json");
  CHECK(told_of(hosted, documents) == "B010 /badge; ");
  // A document of another site than its address.
  documents.held["https://exemple.fr/classe.json"] = badge_class;
  documents.held["https://exemple.fr/emetteur.json"] =
      with(issuer, "https://exemple.fr/emetteur.json", "https://autre.fr/emetteur.json");
  CHECK(read_ob2(hosted, documents, day("2026-11-29")).issuer_proof == IssuerProof::discordant);
}

TEST_CASE("badges of the first kinds come out of images, and are read", "[credentials][ob2]") {
  const Extracted baked = extract(own_file("ob2.png"));
  CHECK(baked.generation == Generation::ob2);
  CHECK(read_ob2(baked.bytes, held(), day("2026-11-29")).verdict() == Verdict::invalid); // it has hardly a member
  CHECK(refusal([] { read_ob2("a.b.c", {}, day("2026-11-29")); }) == "B005");
  CHECK(refusal([] { read_ob2("{\"a\": 1, \"a\": 2}", {}, day("2026-11-29")); }).starts_with("J004"));
  const std::string deep = std::string(10'000, '[');
  CHECK(refusal([&] { read_ob2("{\"a\": " + deep, {}, day("2026-11-29")); }).starts_with("J00"));
}

TEST_CASE("a key in PEM is read, and nothing that resembles one", "[credentials][ob2]") {
  const feel::Value key = read_json(own_file("ob2-cle.json"));
  const std::string pem = key.context().find("publicKeyPem")->text();
  CHECK(ob2::read_rsa_pem(pem, "/k").kind() == crypto::KeyKind::rsa);
  CHECK(refusal([] { ob2::read_rsa_pem("", "/k"); }) == "B004 /k");
  CHECK(refusal([&] { ob2::read_rsa_pem(pem.substr(0, 300), "/k"); }) == "B004 /k");
  for (std::size_t at = 27; at < 70; ++at) { // its head: whatever letter changes, nothing crashes
    std::string altered = pem;
    altered[at] = altered[at] == 'A' ? 'B' : 'A';
    (void)refusal([&] { ob2::read_rsa_pem(altered, "/k"); });
  }
}
