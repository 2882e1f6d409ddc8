// Derived proofs of ecdsa-sd-2023: the walk-throughs of the W3C, the published badge, and what was changed in it.
#include "tests/credentials/badges.hpp"

#include "credentials/key_forms.hpp"
#include "credentials/multibase.hpp"
#include "credentials/rdf/quad.hpp"
#include "credentials/selective.hpp"

#include <algorithm>
#include <array>

using namespace spie;
using namespace spie::credentials;
using namespace spie::testing;

namespace {

const feel::Value &at_path(const feel::Value &document, std::initializer_list<std::string_view> path) {
  const feel::Value *value = &document;
  for (const std::string_view step : path) {
    value = value->context().find(step);
    REQUIRE(value != nullptr);
  }
  return *value;
}

std::string from_hexadecimal(const std::string &text) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < text.size(); i += 2)
    bytes += static_cast<char>(std::stoi(text.substr(i, 2), nullptr, 16));
  return bytes;
}

// A proofValue of one signature, one label and one statement that always shows.
std::string small(std::string_view labels = {"\xA1\x00\x58\x20", 4}, std::string_view mandatory = {"\x81\x00", 2}) {
  std::string bytes = "\xD9\x5D\x01\x85\x58\x40" + std::string(64, 's') + "\x58\x23" + std::string(35, 'k') +
                      "\x81\x58\x40" + std::string(64, 't');
  bytes.append(labels).append(32, 'l');
  return bytes.append(mandatory);
}

std::string read_refusal(const std::string &bytes) {
  return refusal([&] { selective::read_derived(bytes, "/proof/proofValue"); });
}

} // namespace

TEST_CASE("the walk-throughs of the W3C for ecdsa-sd-2023 hold, value by value", "[credentials][selective]") {
  const std::string folder = "signing-vectors/w3c-ecdsa/ecdsa-sd-2023/";
  const auto keys = published(folder + "SDKeyMaterial.json");
  if (!keys)
    return;
  const auto issuer = read_multikey(at_path(read_json(*keys), {"baseKeyPair", "publicKeyMultibase"}).text());
  for (const std::string name : {"prc", "employ"}) {
    CAPTURE(name);
    const auto file = [&](const std::string &part) { return read_json(*published(folder + name + "/" + part)); };
    const feel::Value expected = file("verifyDerivedProofValue.json"), data = file("verifyCreateVerifyData.json");
    const std::string value = at_path(file("derivedRevealDocument.json"), {"proof", "proofValue"}).text();
    const selective::Derived proof = selective::read_derived(*from_multibase(value), {});
    CHECK(proof.base_signature == from_hexadecimal(at_path(expected, {"baseSignature"}).text()));
    CHECK(to_multibase(proof.key, Multibase::base58btc) == at_path(expected, {"publicKey"}).text());
    CHECK(proof.signatures.size() == at_path(expected, {"signatures"}).list().size());
    for (const feel::Value &pair : at_path(expected, {"labelMap"}).list())
      CHECK(proof.labels.at(pair.list()[0].text()) == pair.list()[1].text());
    CHECK(proof.mandatory == std::set<std::uint64_t>{0, 4, 5, 7});

    std::string lines;
    const feel::Value statements = file("verifyNQuads.json");
    for (const feel::Value &line : statements.list())
      lines += line.text();
    const std::string hash = from_hexadecimal(at_path(data, {"proofHash"}).text());
    const auto holds = [&](const std::string &nquads, const selective::Derived &given) {
      rdf::Work work;
      return selective::holds(given, rdf::read_nquads(nquads), hash, issuer, work);
    };
    CHECK(holds(lines, proof));
    // A statement less, another statement, another hash of the options, another key.
    CHECK_FALSE(holds(lines.substr(lines.find('\n') + 1), proof));
    for (std::size_t i = 0; i < lines.size(); i += 11) {
      std::string altered = lines;
      if (std::isdigit(static_cast<unsigned char>(altered[i])) == 0)
        continue;
      altered[i] = altered[i] == '7' ? '3' : '7';
      try {
        CHECK_FALSE(holds(altered, proof));
      } catch (const Error &) { // no N-Quads any more
      }
    }
    selective::Derived other = proof;
    other.mandatory = {0, 4, 5, 6};
    CHECK_FALSE(holds(lines, other));
    other = proof;
    std::swap(other.signatures[0], other.signatures[1]);
    CHECK_FALSE(holds(lines, other));
    other = proof;
    other.labels.begin()->second[1] ^= 1;
    CHECK_FALSE(holds(lines, other));
    rdf::Work few;
    few.signatures = 5;
    CHECK(refusal([&] { selective::holds(proof, rdf::read_nquads(lines), hash, issuer, few); }) == "B012");
  }
}

TEST_CASE("the bytes of a derived proof have one spelling, and end where they say", "[credentials][selective]") {
  const std::string good = small();
  CHECK(read_refusal(good).empty());
  for (std::size_t size = 0; size < good.size(); ++size)
    CHECK(read_refusal(good.substr(0, size)) == "B001 /proof/proofValue");
  CHECK(read_refusal(good + "x") == "B001 /proof/proofValue");
  CHECK(selective::is_base(std::string("\xD9\x5D\x00\x85", 4)));
  CHECK_FALSE(selective::is_base(good));
  // A length, or an index, in more bytes than it takes; without end; a type of another kind; one thing said twice.
  CHECK(read_refusal(small({"\xA1\x18\x00\x58\x20", 5})) == "B001 /proof/proofValue");
  CHECK(read_refusal(small({"\xA1\x00\x59\x00\x20", 5})) == "B001 /proof/proofValue");
  CHECK(read_refusal(small({"\xBF\x00\x58\x20", 4})) == "B001 /proof/proofValue");
  CHECK(read_refusal(small("\xA1\x20\x58\x20")) == "B001 /proof/proofValue");
  CHECK(read_refusal(small({"\xA1\x00\x58\x20", 4}, {"\x82\x00\x00", 3})) == "B001 /proof/proofValue");
  const std::string label = std::string("\x58\x20", 2) + std::string(32, 'l');
  CHECK(read_refusal(small(std::string("\xA2\x00", 2) + label + std::string("\x01\x58\x20", 3))) ==
        "B001 /proof/proofValue"); // two blank nodes of one name
  CHECK(read_refusal(small({"\xA1\x00\x58\x20", 4}, "\x9A\xFF\xFF\xFF\xFF")) == "B012 /proof/proofValue");
  CHECK(read_refusal(small({"\xA1\x00\x58\x20", 4}, "\x9B\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF")) ==
        "B012 /proof/proofValue");
}

TEST_CASE("a badge that its holder shows in part is verified, and says that it is a part", "[credentials][selective]") {
  const auto badge = published("ob30/sd/derivedcredential.json");
  if (!badge)
    return;
  const Rapport report = check(*badge);
  INFO(told(report));
  CHECK(report.verdict == Verdict::valide);
  CHECK(report.emetteur == Emetteur::auto_declare);
  CHECK(report.etat(Nom::preuve) == Etat::avertissement);
  for (const auto &[part, other] : std::to_array<std::pair<std::string_view, std::string_view>>(
           {{"Teamwork", "Teamworks"},
            {"2010-01-01T00:00:00Z", "2010-01-02T00:00:00Z"},
            {"2010-01-01T19:23:24Z", "2010-01-01T19:23:25Z"},
            {"did:example:ebfeb1f712ebc6f1c276e12ec21", "did:example:ebfeb1f712ebc6f1c276e12ec22"},
            {"\"narrative\"", "\"id\": \"urn:x\", \"narrative\""},
            {"\"cryptosuite\"", "\"id\": \"urn:x\", \"cryptosuite\""},
            {"u2V0BhVhA", "u2V0BhVhB"},
            {"u2V0BhVhA", "z2V1BhVhA"},
            {"zDnaekGZTbQBerwcehBSXLqAg6s55hVEBms1zFy89VHXtJSa9",
             "zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP"}})) {
    CAPTURE(part, other);
    CHECK(check(with(*badge, part, other)).verdict != Verdict::valide);
  }
  // What the issuer gave to the holder is not for others: it is told apart.
  const Rapport base = check(with(*badge, "u2V0B", "u2V0A"));
  INFO(told(base));
  CHECK(base.verdict == Verdict::non_verifiable);
}
