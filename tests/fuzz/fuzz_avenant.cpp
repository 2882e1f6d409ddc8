// Endorsements, read and put into what they are of: what is written is JSON, holds the endorsement whole, and is
// otherwise what was given.
#include "tests/fuzz/fuzz.hpp"

#include "rules/json/reader.hpp"
#include "spie/credentials/endorsement.hpp"
#include "spie/credentials/reading.hpp"

#include <fstream>
#include <iterator>
#include <string>

using namespace spie;
using namespace spie::credentials;

namespace {

std::string file(const std::string &path) {
  std::ifstream stream(SPIE_SOURCE_DIR "/" + path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first == std::string_view::npos ? std::string_view()
                                         : text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

void join(std::string_view credential, std::string_view endorsement) {
  try {
    const std::string joined = joindre(credential, endorsement);
    const std::string_view held = trimmed(endorsement);
    fuzz::promise(json::read_verbatim(joined).value.is(feel::Kind::context), "what is joined is JSON");
    const std::size_t at = joined.find(held);
    fuzz::promise(at != std::string::npos, "the endorsement stands in it byte for byte");
    // What was added around it is a name, brackets, quotes and commas.
    fuzz::promise(joined.size() <= credential.size() + held.size() + 24, "nothing else is added");
    std::size_t before = 0;
    while (before < credential.size() && credential[before] == joined[before])
      ++before;
    std::size_t after = 0;
    while (after < credential.size() - before &&
           credential[credential.size() - 1 - after] == joined[joined.size() - 1 - after])
      ++after;
    // Added at one place, or around what stood alone and becomes a list.
    const std::string_view alone = credential.substr(before, credential.size() - before - after);
    fuzz::promise(alone.empty() || joined.substr(before, alone.size() + 1) == '[' + std::string(alone),
                  "every other byte is kept");
    const Avenant said = lire_avenant(endorsement);
    fuzz::promise(!said.porte_sur.empty(), "it is of something");
  } catch (const Error &) {
  }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  static const std::string credential = file("examples/donnees/attestation.json");
  static const std::string endorsement = file("tests/fuzz/corpus/avenant/avenant.json");
  static const std::string of_achievement = file("tests/fuzz/corpus/avenant/accomplissement.json");
  const std::string_view text = fuzz::text_of(data, size);
  try {
    const Avenant read = lire_avenant(text);
    fuzz::promise(read.empreinte.size() == 64, "the hash of its bytes is told");
  } catch (const Error &) {
  }
  try {
    fuzz::promise(lire_badge(text).empreinte.size() == 64, "the hash of its bytes is told");
  } catch (const Error &) {
  }
  join(credential, text);
  join(text, endorsement);
  join(text, of_achievement);
  return 0;
}
