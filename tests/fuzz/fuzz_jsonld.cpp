// JSON-LD, JCS and RDFC-1.0: what is read makes statements that do not depend on the order of its keys; canonical forms
// are their own canonical forms; what proofs cover is told or refused.
#include "tests/fuzz/fuzz.hpp"

#include "credentials/data_integrity.hpp"
#include "credentials/hazards.hpp"
#include "credentials/jsonld/to_rdf.hpp"
#include "credentials/rdf/canonical.hpp"

#include <algorithm>

using namespace spie;
using namespace spie::credentials;

namespace {

feel::Value turned(const feel::Value &value) {
  if (value.is(feel::Kind::list)) {
    feel::List list;
    for (const feel::Value &item : value.list())
      list.push_back(turned(item));
    return list;
  }
  if (!value.is(feel::Kind::context))
    return value;
  std::vector<feel::Context::Entry> entries;
  for (const auto &[key, part] : value.context())
    entries.emplace_back(key, turned(part));
  std::reverse(entries.begin(), entries.end());
  return feel::Context::of_distinct(std::move(entries));
}

template <class Make> std::string attempt(Make &&make) {
  try {
    return make();
  } catch (const Error &) {
    return {};
  }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  json::Verbatim document;
  try {
    document = json::read_verbatim(fuzz::text_of(data, size), "fuzz.json", {.depth = 64, .bytes = 1 << 16});
  } catch (const Error &) {
    return 0;
  }
  hazards(document);
  const std::string json = attempt([&] { return canonical_json(document); });
  if (!json.empty())
    fuzz::promise(attempt([&] { return canonical_json(json::read_verbatim(json)); }) == json,
                  "a canonical JSON is its own canonical form");
  const jsonld::Contexts &contexts = jsonld::Contexts::pinned();
  const auto canonical = [](const rdf::Dataset &dataset, rdf::Hash hash) {
    rdf::Work work{.steps = 20'000};
    return rdf::canonical(dataset, hash, work, {.quads = 2'000, .depth = 100}).nquads;
  };
  const auto nquads = [&](const feel::Value &value) {
    return attempt([&] {
      return canonical(jsonld::to_rdf({value, &document.digits}, contexts).dataset, rdf::Hash::sha256);
    });
  };
  const std::string statements = nquads(document.value);
  if (!statements.empty()) {
    fuzz::promise(nquads(turned(document.value)) == statements, "the order of keys says nothing");
    const std::string again = attempt([&] { return canonical(rdf::read_nquads(statements), rdf::Hash::sha256); });
    fuzz::promise(again.empty() || again == statements, "canonical N-Quads are their own canonical form");
  }
  attempt([&] {
    return canonical(jsonld::to_rdf_openly({document.value}, contexts, "urn:base:").dataset, rdf::Hash::sha384);
  });
  attempt([&] {
    Secured secured(document);
    for (const Proof &proof : secured.proofs())
      attempt([&] { return secured.covered(proof, crypto::KeyKind::ed25519, contexts).bytes; });
    return std::string();
  });
  return 0;
}
