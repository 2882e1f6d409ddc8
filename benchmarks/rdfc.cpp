// The vectors of RDFC-1.0 of the W3C that a verifier must bear, canonicalised one after the other: how many times a
// second of the processor the whole set passes. benchmarks/badges.py sets it beside rdf-canonize and PyLD.
#include "credentials/rdf/canonical.hpp"
#include "spie/json.hpp"

#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

using namespace spie;
using namespace spie::credentials;

namespace {

std::string bytes_of(const std::filesystem::path &path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

} // namespace

int main(int count, char **arguments) {
  const std::filesystem::path folder = count > 1 ? arguments[1] : SPIE_SOURCE_DIR "/../shared/badges/rdf-canon";
  if (!std::filesystem::exists(folder / "manifest.jsonld")) {
    std::puts("skipped: the vectors are not here");
    return 0;
  }
  std::vector<std::string> graphs;
  const feel::Value manifest = read_json(bytes_of(folder / "manifest.jsonld"));
  for (const feel::Value &entry : manifest.context().find("entries")->list()) {
    const auto of = [&](std::string_view key) {
      const feel::Value *value = entry.context().find(key);
      return value != nullptr && value->is(feel::Kind::text) ? value->text() : std::string();
    };
    if (of("type") == "rdfc:RDFC10EvalTest" && of("hashAlgorithm").empty() &&
        std::filesystem::exists(folder / of("action")) && std::filesystem::exists(folder / of("result")))
      graphs.push_back(bytes_of(folder / of("action")));
  }
  std::size_t rounds = 0;
  const std::clock_t start = std::clock();
  double spent = 0;
  do {
    for (const std::string &graph : graphs)
      (void)rdf::canonical(rdf::read_nquads(graph));
    ++rounds;
    spent = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  } while (spent < 1.5);
  std::printf("RDFC-1.0: %zu vectors, read and canonicalised: %.1f us a vector, %.1f sets a second\n", graphs.size(),
              spent * 1e6 / static_cast<double>(rounds * graphs.size()), static_cast<double>(rounds) / spent);
  return 0;
}
