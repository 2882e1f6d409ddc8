#include "tests/credentials/vectors.hpp"

#include "credentials/rdf/canonical.hpp"

#include "spie/json.hpp"

#include <algorithm>
#include <random>

using namespace spie;
using namespace spie::credentials::rdf;
namespace tests = spie::credentials::tests;

namespace {

std::string refusal(const Dataset &dataset) {
  try {
    canonical(dataset);
  } catch (const Error &error) {
    return std::string(text(error.first().code));
  }
  return {};
}

// Each of the blank nodes linked to `links` that follow it, in a ring.
Dataset ring(int nodes, int links) {
  Dataset dataset;
  for (int i = 0; i < nodes; ++i)
    for (int j = 1; j <= links; ++j)
      dataset.push_back({{Term::Kind::blank, "n" + std::to_string(i)},
                         {Term::Kind::iri, "urn:p"},
                         {Term::Kind::blank, "n" + std::to_string((i + j) % nodes)}});
  return dataset;
}

} // namespace

TEST_CASE("RDFC-1.0 gives the canonical forms and the labels of the W3C", "[credentials][rdf]") {
  if (!tests::has_vectors("rdf-canon"))
    return;
  const auto folder = tests::vectors("rdf-canon");
  const feel::Value manifest = read_json(tests::bytes_of(folder / "manifest.jsonld"));
  int forms = 0, maps = 0;
  for (const feel::Value &entry : manifest.context().find("entries")->list()) {
    const auto of = [&](std::string_view key) {
      const feel::Value *value = entry.context().find(key);
      return value != nullptr && value->is(feel::Kind::text) ? value->text() : std::string();
    };
    CAPTURE(of("id"));
    const std::string type = of("type");
    if (!std::filesystem::exists(folder / of("action")) ||
        (type != "rdfc:RDFC10NegativeEvalTest" && !std::filesystem::exists(folder / of("result"))))
      continue;
    const Dataset dataset = read_nquads(tests::bytes_of(folder / of("action")));
    const Hash hash = of("hashAlgorithm") == "SHA384" ? Hash::sha384 : Hash::sha256;
    if (type == "rdfc:RDFC10NegativeEvalTest") {
      CHECK(refusal(dataset) == "B012");
    } else if (type == "rdfc:RDFC10EvalTest") {
      CHECK(canonical(dataset, hash).nquads == tests::bytes_of(folder / of("result")));
      ++forms;
    } else {
      const feel::Value expected = read_json(tests::bytes_of(folder / of("result")));
      std::map<std::string, std::string> labels;
      for (const auto &[from, to] : expected.context())
        labels[from] = to.text();
      CHECK(canonical(dataset, hash).labels == labels);
      ++maps;
    }
  }
  CHECK(forms >= 42);
  CHECK(maps >= 14);
}

TEST_CASE("the work on a graph is bounded, and small symmetric graphs pass", "[credentials][rdf]") {
  CHECK(refusal(ring(9, 8)) == "B012"); // a clique
  CHECK(refusal(ring(12, 6)) == "B012");
  CHECK(refusal(ring(9, 1)).empty());
  CHECK(refusal(ring(40, 1)).empty());
  CHECK(refusal(ring(5, 4)).empty());
  CHECK(refusal(ring(8, 2)).empty());
  CHECK(refusal(ring(2'000, 1)) == "B012");
}

TEST_CASE("canonical labels depend neither on those given nor on the order", "[credentials][rdf]") {
  std::mt19937 random(20'261'129);
  for (int round = 0; round < 60; ++round) {
    Dataset dataset;
    const unsigned nodes = 2u + static_cast<unsigned>(round) % 7u;
    for (unsigned i = 0; i < nodes * 2; ++i) {
      const auto node = [&] { return Term{Term::Kind::blank, "x" + std::to_string(random() % nodes)}; };
      Quad quad{node(), {Term::Kind::iri, "urn:p" + std::to_string(random() % 2)}, node()};
      if (random() % 4 == 0)
        quad.object = {Term::Kind::literal, "l’été\t" + std::to_string(random() % 2)};
      if (random() % 5 == 0)
        quad.graph = node();
      dataset.push_back(quad);
    }
    const std::string expected = canonical(dataset).nquads;
    std::vector<unsigned> renamed(nodes);
    for (unsigned i = 0; i < nodes; ++i)
      renamed[i] = i;
    std::shuffle(renamed.begin(), renamed.end(), random);
    const auto rename = [&](Term &term) {
      if (term.is_blank())
        term.value = "z" + std::to_string(renamed[static_cast<std::size_t>(std::stoi(term.value.substr(1)))]);
    };
    for (Quad &quad : dataset) {
      rename(quad.subject);
      rename(quad.object);
      if (quad.graph)
        rename(*quad.graph);
    }
    std::shuffle(dataset.begin(), dataset.end(), random);
    CHECK(canonical(dataset).nquads == expected);
    CHECK(canonical(read_nquads(expected)).nquads == expected); // and what is written is read again
  }
}

TEST_CASE("canonical N-Quads escape what RDFC-1.0 says and no more", "[credentials][rdf]") {
  std::string out;
  append_term(out, {Term::Kind::literal, "l'été \"«œ»\" \\ \t\b\n\f\r\x0B\x7F\xEF\xBF\xBE\xEF\xBF\xBF\xEF\xBF\xBD 😀"});
  CHECK(out == "\"l'été \\\"«œ»\\\" \\\\ \\t\\b\\n\\f\\r\\u000B\\u007F\\uFFFE\\uFFFF\xEF\xBF\xBD 😀\"");
  CHECK(nquad(read_nquads("_:a <urn:p> \"caf\\u00E9\"@fr <urn:g> . # why\n").at(0)) ==
        "_:a <urn:p> \"café\"@fr <urn:g> .\n");
  for (const char *text : {"<a", "<a> <b> .", "<a> _:b <c> .", "\"a\" <b> <c> .", "<a> <b> \"\\x\" .", "<a> <b> <c>",
                           "<a> <b> \"\\uD800\" .", "_: <b> <c> .", "<a> <b> <c> \"d\" ."})
    CHECK_THROWS_AS(read_nquads(text), Error);
}
