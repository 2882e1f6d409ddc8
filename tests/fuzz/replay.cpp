// Runs a harness without libFuzzer, over the files of its corpus and over a few hundred of their mutations, always the
// same ones: what every build of the tests does.
//   replay CORPUS_FOLDER
#include "tests/fuzz/fuzz.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

std::string read_file(const fs::path &path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

void run(const std::string &bytes) {
  // A copy of its own, so that a sanitizer sees a read beyond the end.
  std::vector<std::uint8_t> copy(bytes.begin(), bytes.end());
  LLVMFuzzerTestOneInput(copy.data(), copy.size());
}

std::string mutated(std::string bytes, const std::vector<std::string> &corpus, std::mt19937 &random) {
  const auto below = [&](std::size_t limit) { return limit == 0 ? 0 : random() % limit; };
  for (std::size_t changes = 1 + below(3); changes > 0; --changes) {
    const std::size_t at = below(bytes.size() + 1);
    const std::string &other = corpus[below(corpus.size())];
    switch (below(5)) {
    case 0:
      bytes.resize(at);
      break;
    case 1:
      bytes.erase(at, below(20));
      break;
    case 2:
      bytes.insert(at, 1, static_cast<char>(random() % 256));
      break;
    case 3:
      if (at < bytes.size())
        bytes[at] = static_cast<char>(random() % 256);
      break;
    default:
      bytes.insert(at, other, below(other.size() + 1), below(60));
    }
  }
  return bytes;
}

} // namespace

int main(int count, char **arguments) {
  if (count != 2) {
    std::fprintf(stderr, "usage: %s CORPUS_FOLDER\n", arguments[0]);
    return 2;
  }
  std::vector<fs::path> paths;
  for (const auto &entry : fs::directory_iterator(arguments[1]))
    paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  if (paths.empty()) {
    std::fprintf(stderr, "no corpus in %s\n", arguments[1]);
    return 1;
  }
  std::vector<std::string> corpus;
  for (const fs::path &path : paths)
    corpus.push_back(read_file(path));
  run({});
  for (const std::string &bytes : corpus)
    run(bytes);
  std::mt19937 random(77);
  constexpr int mutations = 400;
  for (int i = 0; i < mutations; ++i)
    run(mutated(corpus[static_cast<std::size_t>(i) % corpus.size()], corpus, random));
  std::printf("%zu files and %d mutations replayed\n", corpus.size(), mutations);
  return 0;
}
