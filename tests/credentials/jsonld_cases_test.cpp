// The cases of the W3C that turn JSON-LD into RDF: each gives the same dataset, or is refused with the construct named.
// cases.txt says which; SPIE_UPDATE=1 writes it anew.
#include "tests/credentials/vectors.hpp"

#include "credentials/jsonld/to_rdf.hpp"
#include "credentials/rdf/canonical.hpp"

#include <cstdlib>
#include <map>

using namespace spie;
using namespace spie::credentials;

namespace {

struct Case {
  std::string id, type, input, expect, base;
  std::string skipped; // why it is not run
};

std::string text_at(const feel::Value &object, std::string_view key) {
  const feel::Value *value = object.context().find(key);
  return value != nullptr && value->is(feel::Kind::text) ? value->text() : std::string();
}

Case read_case(const feel::Value &entry, const std::string &base) {
  Case read{text_at(entry, "@id"),          entry.context().find("@type")->list().at(0).text(),
            text_at(entry, "input"),        text_at(entry, "expect"),
            base + text_at(entry, "input"), {}};
  if (const feel::Value *options = entry.context().find("option")) {
    if (text_at(*options, "specVersion") == "json-ld-1.0")
      read.skipped = "specVersion";
    for (const std::string option : {"rdfDirection", "produceGeneralizedRdf", "expandContext"})
      if (options->context().find(option) != nullptr)
        read.skipped = option;
    if (text_at(*options, "processingMode") == "json-ld-1.0")
      read.skipped = "processingMode";
    if (const std::string given = text_at(*options, "base"); !given.empty())
      read.base = given;
  }
  return read;
}

// The contexts that the text names among the files of the suite.
std::map<std::string, std::string> contexts_of(const std::string &text, const std::string &base) {
  std::map<std::string, std::string> found;
  for (const auto &file : std::filesystem::directory_iterator(tests::vectors("json-ld") / "toRdf")) {
    const std::string name = file.path().filename().string();
    if (name.find("context") != std::string::npos && text.find(name) != std::string::npos)
      found[base + "toRdf/" + name] = tests::bytes_of(file.path());
  }
  return found;
}

std::string dataset_of(const Case &which, const std::string &text, const std::string &base) {
  const json::Verbatim document = json::read_verbatim(text);
  const auto statements = jsonld::to_rdf_openly({document.value, &document.digits},
                                                jsonld::Contexts::with(contexts_of(text, base)), which.base);
  return rdf::canonical(statements.dataset).nquads;
}

std::string outcome(const Case &which, const std::string &base) {
  const auto folder = tests::vectors("json-ld");
  const bool negative = which.type == "jld:NegativeEvaluationTest";
  std::string found;
  try {
    found = dataset_of(which, tests::bytes_of(folder / which.input), base);
  } catch (const Error &error) {
    const Diagnostic &first = error.first();
    if (first.code == Code::badge_unsupported)
      return "refused " + (first.details.empty() ? first.message : first.details);
    return negative ? "error" : "wrong: " + first.message + " " + first.where;
  }
  if (negative)
    return "wrong: accepted";
  if (which.type == "jld:PositiveSyntaxTest")
    return "equal";
  const std::string expected = rdf::canonical(rdf::read_nquads(tests::bytes_of(folder / which.expect))).nquads;
  return found == expected ? "equal" : "wrong: found\n" + found + "expected\n" + expected;
}

} // namespace

TEST_CASE("JSON-LD gives the statements that the W3C expects, or names what it refuses", "[credentials][jsonld]") {
  if (!tests::has_vectors("json-ld"))
    return;
  const auto folder = tests::vectors("json-ld");
  const feel::Value manifest = json::read_verbatim(tests::bytes_of(folder / "toRdf-manifest.jsonld")).value;
  const std::string base = text_at(manifest, "baseIri");
  std::map<std::string, int> counts;
  std::string lines;
  for (const feel::Value &entry : manifest.context().find("sequence")->list()) {
    const Case which = read_case(entry, base);
    if (!std::filesystem::exists(folder / which.input) ||
        (!which.expect.empty() && !std::filesystem::exists(folder / which.expect)) || which.skipped == "specVersion")
      continue;
    const std::string found = which.skipped.empty() ? outcome(which, base) : "refused option " + which.skipped;
    if (found.starts_with("wrong")) {
      INFO(which.id << ' ' << which.type << ' ' << which.input << '\n' << found);
      CHECK(found.empty());
    }
    ++counts[found.substr(0, found.find(' '))];
    lines += which.id + ' ' + found + '\n';
  }
  const auto ratchet = std::filesystem::path(SPIE_SOURCE_DIR) / "tests/credentials/cases.txt";
  std::string text =
      "# The cases of JSON-LD to RDF of the W3C: equal, an error where one is expected, or refused with the\n"
      "# construct named. Written with SPIE_UPDATE=1; what was equal stays equal.\n";
  for (const auto &[outcome, count] : counts)
    text += "# " + outcome + ": " + std::to_string(count) + '\n';
  text += lines;
  if (std::getenv("SPIE_UPDATE") != nullptr)
    std::ofstream(ratchet, std::ios::binary) << text;
  CHECK(text == tests::bytes_of(ratchet));
}
