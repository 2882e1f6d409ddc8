// Status lists. The encoded ones were written by another program (Python's gzip and base64).
#include "tests/credentials/files.hpp"

#include "credentials/carrier/deflate.hpp"
#include "credentials/multibase.hpp"
#include "credentials/status.hpp"
#include "rules/json/reader.hpp"
#include "spie/json.hpp"

#include <random>
#include <set>

using namespace spie;
using namespace spie::credentials;
using spie::testing::published;
using spie::testing::refusal;
using State = Status::State;

namespace {

// 131,072 entries of which 0, 23 and 131,071 are set; one byte less than that; two bits an entry: 1 is 3, 2 is 1, and
// the last one 2.
const std::string three = "uH4sIAIfWEgAC_-3BMQEAAAwCIG2-6MbYA1waAAAAAAAAAAAAAAAAAAAA4FUHGoa9JwBAAAA";
const std::string short_one = "uH4sIAIfWEgAC_-3BIQEAAAACIKc73RkWoAEAAAAAAAAAAAAAAAAAAADOBr1YeZH_PwAA";
const std::string pairs =
    "uH4sIAIfWEgAC_-3BAQ0AAAwCoM9M75_NIAJ_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAADAvBX6LgQsAgAAA";

feel::Value parsed(std::string_view text) { return spie::json::read_verbatim(text).value; }

std::string entry_text(std::string_view index, std::string_view purpose = "revocation", std::string_view more = "") {
  return R"({"type": "BitstringStatusListEntry", "statusPurpose": ")" + std::string(purpose) +
         R"(", "statusListIndex": )" + std::string(index) +
         R"(, "statusListCredential": "https://exemple.fr/statuts/1")" + std::string(more) + "}";
}
StatusEntry entry(std::string_view index, std::string_view purpose = "revocation", std::string_view more = "") {
  return read_status(parsed(entry_text(index, purpose, more))).at(0);
}
StatusList list(std::string_view encoded, std::string_view purpose = R"("revocation")") {
  return read_status_list(parsed(R"({"id": "https://exemple.fr/statuts/1", "type": ["VerifiableCredential",
    "BitstringStatusListCredential"], "credentialSubject": {"type": "BitstringStatusList", "statusPurpose": )" +
                                 std::string(purpose) + R"(, "encodedList": ")" + std::string(encoded) + "\"}}"));
}
std::string said(const std::function<void()> &call) {
  try {
    call();
  } catch (const Refusal &refusal) {
    CHECK_FALSE(refusal.finding().reason.fr.empty());
    return std::string(text(refusal.first().code)) + " " + refusal.first().where + " " + refusal.first().message;
  }
  return {};
}

constexpr std::string_view two_bits =
    R"(, "statusSize": 2, "statusMessage": [{"status": "0x0", "message": "en attente"},
       {"status": "0x1", "message": "acceptée"}, {"status": "0x3", "message": "refusée"},
       {"status": "0x2", "message": "rendue"}])";

} // namespace

TEST_CASE("a bit is read where it stands, the left-most first", "[credentials][status]") {
  const StatusList three_set = list(three);
  for (const std::string_view set : {"\"0\"", "\"23\"", "23", "\"131071\""})
    CHECK(status_of(entry(set), three_set).state == State::revoked);
  for (const std::string_view clear : {"\"1\"", "\"22\"", "\"24\"", "7", "16", "131070"})
    CHECK(status_of(entry(clear), three_set).state == State::clear);
}

TEST_CASE("each purpose says its own", "[credentials][status]") {
  const StatusList all = list(three, R"(["revocation", "suspension", "refresh", "message"])");
  CHECK(status_of(entry("23", "revocation"), all).state == State::revoked);
  CHECK(status_of(entry("23", "suspension"), all).state == State::suspended);
  CHECK(status_of(entry("23", "refresh"), all).state == State::refresh);
  CHECK(status_of(entry("23", "message"), all).state == State::message);
  CHECK(said([] { status_of(entry("23", "suspension"), list(three)); }).find("STATUS_VERIFICATION_ERROR") !=
        std::string::npos);
  CHECK(said([] { entry("23", "révocation"); }).starts_with("B001 /credentialStatus/statusPurpose "));
}

TEST_CASE("several bits an entry give a value and its message", "[credentials][status]") {
  const StatusList values = list(pairs, R"("message")");
  const auto at = [&](std::string_view index) { return status_of(entry(index, "message", two_bits), values); };
  CHECK(at("0").said == "en attente");
  CHECK(at("0").state == State::clear);
  CHECK(at("1").value == 3);
  CHECK(at("1").said == "refusée");
  CHECK(at("2").said == "acceptée");
  CHECK(at("131071").said == "rendue");
  CHECK(said([&] { at("131072"); }).find("RANGE_ERROR") != std::string::npos);
  // Two bits need four messages, as many bits as they say.
  CHECK(said([] { entry("1", "message", R"(, "statusSize": 2)"); }).starts_with("B001 /credentialStatus "));
  CHECK(said([] {
          entry("1", "message", R"(, "statusSize": 3, "statusMessage": [{"status": "0x0", "message": "a"}])");
        }).starts_with("B001 /credentialStatus/statusMessage "));
  for (const std::string_view size : {"0", "-1", "1.5", "\"2\""})
    CHECK(said([&] {
            entry("1", "message", ", \"statusSize\": " + std::string(size));
          }).starts_with("B001 /credentialStatus/statusSize "));
  CHECK(said([] { entry("1", "message", R"(, "statusSize": 64)"); }).starts_with("B012 /credentialStatus/statusSize "));
}

TEST_CASE("an index is written in digits and nothing else", "[credentials][status]") {
  for (const std::string_view index :
       {"\"42abc\"", "\"\"", "\" 42\"", "\"+42\"", "\"-1\"", "\"042\"", "\"0x2A\"", "\"4.0\"", "-1", "1.5", "true",
        "null", "[42]", "\"1e3\"", "\"99999999999999999999999\"", "1e40"})
    CHECK(said([&] { entry(index); }).starts_with("B001 /credentialStatus/statusListIndex "));
  CHECK(entry("\"0\"").index == 0);
  CHECK(entry("\"131071\"").index == 131'071);
}

TEST_CASE("a list that is too short, too long or no list is refused", "[credentials][status]") {
  CHECK(said([] { status_of(entry("0"), list(short_one)); }).find("STATUS_LIST_LENGTH_ERROR") != std::string::npos);
  CHECK(said([] { status_of(entry("131072"), list(three)); }).find("RANGE_ERROR") != std::string::npos);
  const std::string where = "B009 /credentialSubject/encodedList ";
  CHECK(said([] { list("z" + three.substr(1)); }).starts_with(where));
  CHECK(said([] { list(three + "="); }).starts_with(where));
  CHECK(said([] { list("u"); }).starts_with(where));
  CHECK(said([] { list(three.substr(0, 40)); }).starts_with(where));
  CHECK(said([] { list(to_multibase("rien de compressé", Multibase::base64url)); }).starts_with(where));
  const std::string bomb = to_multibase(gzipped(std::string(64 << 20, '\0')), Multibase::base64url);
  CHECK(bomb.size() < 100'000);
  CHECK(said([&] { list(bomb); }).starts_with("B012 /credentialSubject/encodedList "));
  CHECK(said([] { list(three, R"("rappel")"); }).starts_with("B009 /credentialSubject/statusPurpose "));
  CHECK(said([] { list(three, "[]"); }).starts_with("B009 /credentialSubject/statusPurpose "));
  CHECK(said([] { read_status_list(parsed(R"({"type": "VerifiableCredential"})")); }).starts_with("B009 /type "));
  StatusList other = list(three);
  other.id = "https://exemple.fr/statuts/2";
  CHECK(status_of(entry("0"), other).elsewhere);
  CHECK_FALSE(status_of(entry("0"), list(three)).elsewhere);
}

TEST_CASE("a badge may bear several entries, and none that is unknown", "[credentials][status]") {
  const auto entries =
      read_status(parsed("[" + entry_text("1") + ", " + entry_text("2", "suspension") +
                         R"(, {"id": "https://exemple.fr/revoques", "type": "1EdTechRevocationList"}])"));
  REQUIRE(entries.size() == 3);
  CHECK(entries[1].purpose == Purpose::suspension);
  CHECK(entries[2].kind == StatusEntry::Kind::revocation_list);
  CHECK(entries[2].list == "https://exemple.fr/revoques");
  CHECK(said([] {
          read_status(parsed(R"([{"type": "StatusList2021Entry"}])"));
        }).starts_with("B003 /credentialStatus/0/t"));
  CHECK(said([] { read_status(parsed("[]")); }).starts_with("B001 /credentialStatus "));
  CHECK(said([] { read_status(parsed(R"({"id": "x"})")); }).starts_with("B001 /credentialStatus "));
}

TEST_CASE("the published list has its bit 23 set alone", "[credentials][status]") {
  const auto text = published("ob30/bit-string-list/testlist");
  if (!text)
    return;
  const StatusList list = read_status_list(parsed(*text));
  CHECK(list.bits.bits() == 131'072);
  std::set<std::uint64_t> set;
  for (std::uint64_t i = 0; i < list.bits.bits(); ++i)
    if (list.bits.at(i) != 0)
      set.insert(i);
  CHECK(set == std::set<std::uint64_t>{23});
  const feel::Value badge = parsed(*published("ob30/bit-string-list/credential-status-revoked.json"));
  const auto entries = read_status(*badge.context().find("credentialStatus"));
  CHECK(entries.at(0).index == 23);
  CHECK(status_of(entries[0], list).state == State::revoked);
  CHECK(status_of(entries[0], list).elsewhere); // it is served from another address than it names
}

TEST_CASE("a list is written so that it is read back", "[credentials][status]") {
  CHECK(Bitstring::decode(three).encode() == [] {
    Bitstring bits;
    for (const std::uint64_t index : {0U, 23U, 131'071U})
      bits.set(index, 1);
    return bits.encode();
  }());
  std::mt19937 random(7);
  for (const int size : {1, 2, 3, 8}) {
    Bitstring bits(Bitstring::fewest, size);
    std::map<std::uint64_t, unsigned> values;
    for (int i = 0; i < 2'000; ++i) {
      const std::uint64_t index = random() % Bitstring::fewest;
      values[index] = static_cast<unsigned>(random() % (1U << static_cast<unsigned>(size)));
      bits.set(index, values[index], size);
    }
    const Bitstring back = Bitstring::decode(bits.encode());
    bool same = true;
    for (const auto &[index, value] : values)
      same = same && back.at(index, size) == value;
    CHECK(same);
  }
  CHECK(refusal([] { Bitstring(131'071); }) == "B009");
  CHECK(refusal([] { Bitstring(Bitstring::most_bits + 1); }) == "B012");
  CHECK(refusal([] { Bitstring().set(0, 2); }) == "B009");
}

TEST_CASE("the register gives indexes at random, keeps them, and makes the list", "[credentials][status]") {
  std::mt19937_64 random(11);
  const crypto::Entropy entropy = [&](std::span<std::uint8_t> bytes) {
    for (std::uint8_t &byte : bytes)
      byte = static_cast<std::uint8_t>(random());
  };
  Register kept;
  kept.list = "https://exemple.fr/statuts/1";
  std::set<std::uint64_t> indexes;
  std::uint64_t low = 0;
  for (int i = 0; i < 1'000; ++i) {
    const std::uint64_t index = kept.allocate("urn:uuid:" + std::to_string(i), entropy);
    CHECK(index < Bitstring::fewest);
    indexes.insert(index);
    low += index < Bitstring::fewest / 2 ? 1 : 0;
  }
  CHECK(indexes.size() == 1'000);
  CHECK(kept.allocate("urn:uuid:3", entropy) == *kept.index_of("urn:uuid:3"));
  CHECK((low > 400 && low < 600)); // the odds that it is not, for fair draws: 1 in 10^9
  kept.set("urn:uuid:3", 1);
  kept.set("urn:uuid:4", 1);
  kept.set("urn:uuid:4", 0);
  CHECK(refusal([&] { kept.set("urn:uuid:x", 1); }) == "B010");
  CHECK(refusal([&] { kept.set("urn:uuid:3", 2); }) == "B009");

  const Register back = read_register(write_register(kept));
  CHECK(write_register(back) == write_register(kept));
  CHECK(back.given.size() == 1'000);
  const StatusList read_back =
      read_status_list(credential_of(back, "did:key:z6Mk", "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"));
  for (const std::string_view badge : {"urn:uuid:3", "urn:uuid:4", "urn:uuid:5"})
    CHECK(status_of(read_status(entry_of(back, badge)).at(0), read_back).state ==
          (badge == "urn:uuid:3" ? State::revoked : State::clear));
}

TEST_CASE("a full list gives every index once, then none", "[credentials][status]") {
  Register kept;
  for (std::uint64_t i = 0; i < Bitstring::fewest; ++i)
    if (i != 77 && i != 99)
      kept.given.emplace_hint(kept.given.end(), i, Register::Entry{"b", 0});
  const crypto::Entropy zeros = [](std::span<std::uint8_t> bytes) { std::fill(bytes.begin(), bytes.end(), 0); };
  CHECK(kept.allocate("urn:1", zeros) == 77);
  CHECK(kept.allocate("urn:2", zeros) == 99);
  CHECK(refusal([&] { kept.allocate("urn:3", zeros); }) == "B012");
}

TEST_CASE("a register that was written by hand is checked", "[credentials][status]") {
  const auto text = [](std::string_view entries, std::string_view rest = R"("bits": 1)") {
    return R"({"format": "spie.registre-statuts.1", "liste": "https://exemple.fr/1", "but": "revocation",
      "taille": 131072, )" +
           std::string(rest) + R"(, "entrees": [)" + std::string(entries) + "]}";
  };
  CHECK(read_register(text(R"({"index": 5, "badge": "urn:1", "etat": 1})")).bits().at(5) == 1);
  const auto where = [&](std::string_view entries, std::string_view rest = R"("bits": 1)") {
    return refusal([&] { read_register(text(entries, rest)); });
  };
  CHECK(where(R"({"index": 131072, "badge": "urn:1", "etat": 1})") == "B009 /entrees/0/index");
  CHECK(where(R"({"index": 5, "badge": "urn:1", "etat": 2})") == "B009 /entrees/0/etat");
  CHECK(where(R"({"index": 5, "badge": "a", "etat": 0}, {"index": 5, "badge": "b", "etat": 0})") ==
        "B009 /entrees/1/index");
  CHECK(where(R"({"index": 5, "badge": "a", "etat": 0}, {"index": 6, "badge": "a", "etat": 0})") == "B009 /entrees");
  CHECK(where("", R"("bits": 9)") == "B009 /bits");
  CHECK(where("", R"("bits": 2)") == "B009");
  CHECK(refusal([] { read_register("{}"); }) == "B009");
  CHECK(refusal([] { read_register("{"); }).starts_with("J001"));
}

TEST_CASE("a revocation list names badges", "[credentials][status]") {
  const RevocationList list = read_revocation_list(parsed(
      R"({"id": "https://exemple.fr/revoques", "type": "1EdTechRevocationList", "issuer": "https://exemple.fr",
      "revokedCredential": [{"id": "urn:1", "revocationReason": "erreur de saisie"}, {"id": "urn:2", "revoked": false},
      {"id": "urn:3", "revoked": true}]})"));
  StatusEntry entry;
  entry.kind = StatusEntry::Kind::revocation_list;
  entry.list = "https://exemple.fr/revoques";
  CHECK(status_of(entry, list, "urn:1").state == State::revoked);
  CHECK(status_of(entry, list, "urn:1").said == "erreur de saisie");
  CHECK(status_of(entry, list, "urn:2").state == State::clear);
  CHECK(status_of(entry, list, "urn:3").state == State::revoked);
  CHECK(status_of(entry, list, "urn:4").state == State::clear);
  CHECK(status_of(entry, list, "urn:%31").state == State::revoked); // the same id, written otherwise
  CHECK(status_of(entry, list, " urn:1 ").state == State::revoked);
  CHECK(status_of(entry, list, "urn:%3").state == State::clear);
  const std::string written = write_revocation_list(list);
  CHECK(write_revocation_list(read_revocation_list(parsed(written))) == written);
  CHECK(read_revocation_list(parsed(R"({"revokedCredential": []})")).revoked.empty());
  CHECK(said([] { read_revocation_list(parsed("{}")); }).starts_with("B009  "));
  CHECK(said([] {
          read_revocation_list(parsed(R"({"revokedCredential": [{"revoked": true}]})"));
        }).starts_with("B009 /revokedCredential/0 "));
  CHECK(said([] {
          read_revocation_list(parsed(R"({"revokedCredential": [{"id": "a", "revoked": "oui"}]})"));
        }).starts_with("B009 /revokedCredential/0/revoked "));
  entry.list = "https://exemple.fr/autre";
  CHECK(status_of(entry, list, "urn:1").elsewhere);
}
