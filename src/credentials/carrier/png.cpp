// Badges in PNG: an iTXt chunk of a known keyword (Open Badges 3.0 and CLR 2.0, "baking"; Open Badges 1 and 2 also had
// tEXt). PNG (3rd edition) §5: a signature, then chunks of length, type, data and CRC.
#include "credentials/carrier/deflate.hpp"
#include "credentials/carrier/found.hpp"
#include "text/encoding.hpp"

#include <algorithm>
#include <array>

namespace spie::credentials::png {

namespace {

using namespace std::string_view_literals;

constexpr std::string_view signature = "\x89PNG\r\n\x1A\n"sv;
constexpr std::size_t around = 12; // length, type and CRC of a chunk
constexpr std::uint32_t most_length = 0x7FFFFFFF;

struct Keyword {
  std::string_view text;
  Found::Slot slot;
};
constexpr std::array keywords{
    Keyword{"openbadgecredential", Found::Slot::openbadgecredential},
    Keyword{"clrcredential", Found::Slot::clrcredential},
    Keyword{"openbadges", Found::Slot::openbadges},
};

std::uint32_t number_at(std::string_view bytes, std::size_t at) noexcept {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i)
    number = number << 8U | static_cast<unsigned char>(bytes[at + i]);
  return number;
}

std::string number_text(std::uint32_t number) {
  return {static_cast<char>(number >> 24U), static_cast<char>(number >> 16U), static_cast<char>(number >> 8U),
          static_cast<char>(number)};
}

bool is_type(std::string_view type) noexcept {
  return std::all_of(type.begin(), type.end(),
                     [](char letter) { return (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z'); });
}

struct Chunk {
  std::size_t begin;
  std::string_view type, data;
  std::size_t end() const noexcept { return begin + around + data.size(); }
};

Chunk chunk_at(std::string_view bytes, std::size_t at) {
  if (bytes.size() - at < around)
    refuse_at(at, {"l’image PNG est coupée : elle finit avant son bloc IEND",
                   "the PNG image is cut: it ends before its IEND chunk"});
  const std::uint32_t length = number_at(bytes, at);
  const std::string_view type = bytes.substr(at + 4, 4);
  if (!is_type(type))
    refuse_at(at + 4, {"l’image PNG est mal formée : aucun type de bloc n’est ici",
                       "the PNG image is ill-formed: no type of chunk stands here"});
  if (length > most_length || length > bytes.size() - at - around)
    refuse_at(at, {"l’image PNG est coupée : un bloc " + std::string(type) + " annonce " + std::to_string(length) +
                       " octets, et moins suivent",
                   "the PNG image is cut: a chunk " + std::string(type) + " announces " + std::to_string(length) +
                       " bytes, and fewer follow"});
  if (crc32(bytes.substr(at + 4, std::size_t{length} + 4)) != number_at(bytes, at + 8 + length))
    refuse_at(at, {"l’image PNG a été altérée : la somme de contrôle d’un bloc " + std::string(type) + " est fausse",
                   "the PNG image was altered: the checksum of a chunk " + std::string(type) + " is wrong"});
  return {at, type, bytes.substr(at + 8, length)};
}

// Calls `take` with each chunk, to IEND. What stands after it is no part of the image, and is kept.
template <class Take> void each_chunk(std::string_view bytes, Take &&take) {
  if (bytes.size() > most_image_bytes)
    refuse_larger(most_image_bytes, most_image_bytes);
  if (!is_png(bytes))
    refuse_at(0, {"ce n’est pas une image PNG", "no PNG image stands here"});
  std::size_t at = signature.size();
  for (bool first = true;; first = false) {
    const Chunk chunk = chunk_at(bytes, at);
    if (first && (chunk.type != "IHDR" || chunk.data.size() != 13))
      refuse_at(at, {"l’image PNG est mal formée : elle ne commence pas par un bloc IHDR",
                     "the PNG image is ill-formed: it does not begin with an IHDR chunk"});
    take(chunk);
    if (chunk.type == "IEND")
      return;
    at = chunk.end();
  }
}

// The text of an iTXt chunk (§11.3.3.4): flag and method of compression, language, translated keyword, text.
std::string international_text(const Chunk &chunk, std::size_t from) {
  const auto ill_formed = [&] {
    refuse_at(chunk.begin, {"l’image PNG est mal formée : son bloc iTXt n’a pas les parties attendues",
                            "the PNG image is ill-formed: its iTXt chunk has not the parts that one has"});
  };
  const std::string_view data = chunk.data;
  if (data.size() < from + 2 || static_cast<unsigned char>(data[from]) > 1 || (data[from] == 1 && data[from + 1] != 0))
    ill_formed();
  const bool compressed = data[from] == 1;
  std::size_t at = from + 2;
  for (int skipped = 0; skipped < 2; ++skipped) {
    at = data.find('\0', at);
    if (at == std::string_view::npos)
      ill_formed();
    ++at;
  }
  const std::string_view held = data.substr(at);
  if (held.size() > most_badge_bytes)
    refuse_larger(chunk.begin, most_badge_bytes);
  if (!compressed)
    return std::string(held);
  Inflated text = inflated(held, Container::zlib, most_badge_bytes);
  if (text.state == Inflated::State::too_long)
    refuse_larger(chunk.begin, most_badge_bytes);
  if (text.state != Inflated::State::whole)
    refuse_at(chunk.begin, {"le badge compressé dans l’image ne peut pas être lu : il est coupé ou altéré",
                            "the badge in the image was compressed, and cannot be read: it is cut or altered"});
  return std::move(text.bytes);
}

// The text of a tEXt chunk (§11.3.3.2), which is Latin-1: an address alone was ever written there.
std::string latin_text(const Chunk &chunk, std::size_t from) {
  if (chunk.data.size() - from > most_badge_bytes)
    refuse_larger(chunk.begin, most_badge_bytes);
  std::string text;
  for (const char byte : chunk.data.substr(from))
    append_utf8(text, static_cast<unsigned char>(byte));
  return text;
}

// Nothing for a chunk that carries no badge.
const Keyword *keyword_of(const Chunk &chunk) {
  if (chunk.type != "iTXt" && chunk.type != "tEXt")
    return nullptr;
  const std::string_view word = chunk.data.substr(0, chunk.data.find('\0'));
  if (word.size() == chunk.data.size())
    return nullptr;
  const auto found =
      std::find_if(keywords.begin(), keywords.end(), [&](const Keyword &one) { return one.text == word; });
  if (found == keywords.end() || (chunk.type == "tEXt" && found->slot != Found::Slot::openbadges))
    return nullptr;
  return &*found;
}

// Where the badges stand, and their texts when asked: of a badge that goes, none is read.
std::vector<Found> found_in(std::string_view bytes, bool with_text, std::size_t &end) {
  std::vector<Found> found;
  each_chunk(bytes, [&](const Chunk &chunk) {
    end = chunk.begin;
    const Keyword *keyword = keyword_of(chunk);
    if (keyword == nullptr)
      return;
    // The first of a keyword is the one that is read: no other is unfolded.
    const bool read = with_text && std::none_of(found.begin(), found.end(),
                                                [&](const Found &one) { return one.slot == keyword->slot; });
    const std::size_t from = keyword->text.size() + 1;
    std::string text;
    if (read)
      text = chunk.type == "iTXt" ? international_text(chunk, from) : latin_text(chunk, from);
    found.push_back({keyword->slot, chunk.begin, chunk.end(), std::move(text)});
  });
  return found;
}

} // namespace

bool is_png(std::string_view bytes) noexcept { return bytes.starts_with(signature); }

std::vector<Found> find(std::string_view bytes) {
  std::size_t end = 0;
  return found_in(bytes, true, end);
}

std::string bake(std::string_view bytes, Found::Slot slot, std::string_view text, bool overwrite) {
  std::size_t end = 0; // of the image: where IEND stands
  const std::vector<Found> found = found_in(bytes, false, end);
  refuse_second(found, overwrite);
  const auto keyword =
      std::find_if(keywords.begin(), keywords.end(), [&](const Keyword &one) { return one.slot == slot; });
  // Not compressed, no language, no translated keyword.
  const std::string chunk = "iTXt" + std::string(keyword->text) + std::string("\0\0\0\0\0", 5) + std::string(text);
  const std::string head = without(bytes.substr(0, end), found);
  return head + number_text(static_cast<std::uint32_t>(chunk.size() - 4)) + chunk + number_text(crc32(chunk)) +
         std::string(bytes.substr(end));
}

} // namespace spie::credentials::png
