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
