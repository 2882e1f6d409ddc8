#include "tests/credentials/vectors.hpp"

#include "credentials/jsonld/contexts.hpp"
#include "credentials/jsonld/table.hpp"
#include "crypto/digest.hpp"
#include "rules/json/reader.hpp"

using namespace spie;
using namespace spie::credentials;
using namespace spie::credentials::jsonld;

TEST_CASE("each table of a context is the one that was keyed", "[credentials][jsonld]") {
  CHECK(tables().size() == 12);
  for (const Table &table : tables()) {
    CAPTURE(std::string(table.address));
    CHECK(rows_hash(table) == table.own);
    CHECK(Contexts::pinned().knows(table.address));
  }
  CHECK(Contexts::pinned().knows("https://purl.imsglobal.org/spec/ob/v3p0/context/ob_v3p0.jsonld"));
  CHECK_FALSE(Contexts::pinned().knows("https://w3id.org/security/v3"));
}

TEST_CASE("each table of a context says, term by term, what the public document says", "[credentials][jsonld]") {
  if (!tests::has_vectors("contexts"))
    return;
  for (const Table &table : tables()) {
    CAPTURE(std::string(table.address));
    const std::string text = tests::bytes_of(tests::vectors("contexts") / std::string(table.file));
    CHECK(crypto::hex(crypto::sha256(text)) == table.document);
    const feel::Value document = json::read_verbatim(text).value;
    CHECK(identical(context_of(table), *document.context().find("@context")));
  }
}

TEST_CASE("a caller adds contexts, within what is supported", "[credentials][jsonld]") {
  const auto refusal = [](const std::string &address, const std::string &text) {
    try {
      Contexts::with({{address, text}});
    } catch (const Error &error) {
      return std::string(spie::text(error.first().code)) + ' ' + error.first().where;
    }
    return std::string();
  };
  const std::string own = "https://consortium.example/contexte";
  CHECK(refusal(own, R"({"@context": {"atelier": "https://consortium.example/#atelier"}})").empty());
  CHECK(Contexts::with({{own, R"({"@context": []})"}}).knows(own));
  CHECK_FALSE(Contexts::pinned().knows(own));
  CHECK(refusal("https://www.w3.org/ns/credentials/v2", R"({"@context": {}})") ==
        "B003 https://www.w3.org/ns/credentials/v2");
  CHECK(refusal(own, "{}") == "B002 " + own);
  CHECK(refusal(own, "{").starts_with("J001"));
  CHECK(refusal(own, R"({"@context": {"@language": "fr"}})") == "B003 " + own + "#/@context/@language");
  CHECK(refusal(own, R"({"@context": {"a": {"@reverse": "urn:a"}}})") == "B003 " + own + "#/@context/a");
  CHECK(refusal(own, R"({"@context": {"a": {"@id": "urn:a", "@container": "@index"}}})") ==
        "B003 " + own + "#/@context/a");
  CHECK(refusal(own, R"({"@context": "https://elsewhere.example/"})") == "B002 " + own + "#/@context");
  CHECK(refusal(own, R"({"@context": ["https://www.w3.org/ns/credentials/v2", {"VerifiableCredential": "urn:a"}]})") ==
        "B001 " + own + "#/@context/1/VerifiableCredential");                 // protected
  CHECK(refusal(own, "{\"@context\": \"" + own + "\"}").starts_with("B012")); // itself, without end
}
