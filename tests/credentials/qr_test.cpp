// QR codes, read back by a program that others wrote.
#include "tests/credentials/files.hpp"
#include "tests/temporary.hpp"

#include "credentials/carrier/qr.hpp"

#include <array>
#include <cstdio>
#include <memory>

using namespace spie;
using namespace spie::credentials;
using spie::testing::refusal;

namespace {

// Light 255, dark 0, four pixels a module, with the margin.
std::string picture_of(const QrMatrix &matrix) {
  constexpr int pixels = 4, margin = 4;
  const int side = (matrix.side + 2 * margin) * pixels;
  std::string picture = "P5\n" + std::to_string(side) + " " + std::to_string(side) + "\n255\n";
  for (int y = 0; y < side; ++y)
    for (int x = 0; x < side; ++x) {
      const int column = x / pixels - margin, row = y / pixels - margin;
      const bool inside = column >= 0 && row >= 0 && column < matrix.side && row < matrix.side;
      picture += inside && matrix.dark(column, row) ? '\0' : '\xFF';
    }
  return picture;
}

bool has_reader() { return std::system("command -v zbarimg >/dev/null 2>&1") == 0; } // NOLINT(concurrency-mt-unsafe)

std::string read_back(const std::string &picture) {
  const testing::TemporaryFolder folder;
  const std::string path = (folder.path() / "qr.pgm").string();
  std::ofstream(path, std::ios::binary) << picture;
  const std::string command = "zbarimg --quiet --raw -Sdisable -Sqrcode.enable '" + path + "' 2>/dev/null";
  const std::unique_ptr<std::FILE, int (*)(std::FILE *)> pipe(popen(command.c_str(), "r"), &pclose);
  REQUIRE(pipe);
  std::string text;
  std::array<char, 4096> buffer{};
  for (std::size_t count = 0; (count = std::fread(buffer.data(), 1, buffer.size(), pipe.get())) != 0;)
    text.append(buffer.data(), count);
  if (text.ends_with('\n'))
    text.pop_back();
  return text;
}

} // namespace

TEST_CASE("another program reads a QR code back", "[credentials][qr]") {
  if (!has_reader()) {
    WARN("skipped: no zbarimg");
    return;
  }
  for (const std::string &text : {std::string("https://exemple.fr"),
                                  qr_text("https://exemple.fr/badges/1", "urn:uuid:7d2f2a1e-0000-4000-8000-1", "{}"),
                                  std::string("https://exemple.fr/") + std::string(900, 'a')})
    CHECK(read_back(picture_of(qr_matrix(text))) == text);
}

TEST_CASE("the text of a badge's QR says where, which and what", "[credentials][qr]") {
  // SHA-256 of the empty text: FIPS 180-4.
  const std::string text = qr_text("https://exemple.fr/b?x=1&y=2", "https://exemple.fr/é #1&sha256=", "");
  CHECK(text == "https://exemple.fr/b?x=1&y=2#id=https://exemple.fr/%C3%A9%20%231%26sha256%3D"
                "&sha256=e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  const auto reference = read_qr_text(text);
  REQUIRE(reference);
  CHECK(reference->address == "https://exemple.fr/b?x=1&y=2");
  CHECK(reference->id == "https://exemple.fr/é #1&sha256=");
  CHECK(reference->sha256 == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK_FALSE(read_qr_text(text.substr(0, text.size() - 1)));
  CHECK_FALSE(read_qr_text("http" + text.substr(5)));
  CHECK_FALSE(read_qr_text("https://exemple.fr/1"));
  std::string broken = text;
  broken.replace(broken.find("%20"), 3, "%2g");
  CHECK_FALSE(read_qr_text(broken));
  for (const std::string_view address : {"http://exemple.fr", "https://exemple.fr/#a", "https://", "https://a b", ""})
    CHECK(refusal([&] { qr_text(address, "urn:1", ""); }) == "B011");
  CHECK(refusal([] { qr_text("https://exemple.fr", "", ""); }) == "B011");
}

TEST_CASE("a QR code holds so much and no more", "[credentials][qr]") {
  CHECK(qr_matrix(std::string(2'331, 'x')).side == 177); // version 40
  CHECK(refusal([] { qr_matrix(std::string(2'332, 'x')); }) == "B012");
  CHECK(refusal([] { qr_matrix(""); }) == "B011");
}
