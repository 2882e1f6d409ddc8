#include "credentials/carrier/qr.hpp"

#include "credentials/finding.hpp"
#include "crypto/digest.hpp"

#include <algorithm>
#include <cerrno>
#include <memory>
#include <new>
#include <qrencode.h>

namespace spie::credentials {

namespace {

constexpr std::string_view id_mark = "#id=", hash_mark = "&sha256=";
constexpr std::string_view hex_digits = "0123456789ABCDEF";

[[noreturn]] void refuse_text(Code code, Words reason) {
  throw Refusal({code, Level::error, {}, std::move(reason), {}});
}

bool is_address(std::string_view text) noexcept {
  constexpr std::string_view scheme = "https://";
  return text.starts_with(scheme) && text.size() > scheme.size() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7F && c != '#'; });
}

// RFC 3986 §2.3, and ':' and '/', which a fragment may hold.
bool stands_as_it_is(char c) noexcept {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
         std::string_view("-._~:/").find(c) != std::string_view::npos;
}

std::string percent_encoded(std::string_view text) {
  std::string encoded;
  for (const char c : text)
    if (stands_as_it_is(c)) {
      encoded += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      encoded += {'%', hex_digits[byte >> 4U], hex_digits[byte & 0xFU]};
    }
  return encoded;
}

std::optional<std::string> percent_decoded(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      if (!stands_as_it_is(text[i]))
        return std::nullopt;
      decoded += text[i];
      continue;
    }
    const std::size_t high = i + 2 < text.size() ? hex_digits.find(text[i + 1]) : std::string_view::npos;
    const std::size_t low = i + 2 < text.size() ? hex_digits.find(text[i + 2]) : std::string_view::npos;
    if (high == std::string_view::npos || low == std::string_view::npos)
      return std::nullopt;
    decoded += static_cast<char>(high << 4U | low);
    i += 2;
  }
  return decoded;
}

} // namespace

QrMatrix qr_matrix(std::string_view text) {
  if (text.empty())
    refuse_text(Code::badge_carrier, {"un code QR doit dire quelque chose", "a QR code has to say something"});
  constexpr std::size_t most = 2'331; // bytes at level M, version 40
  if (text.size() > most)
    refuse_text(Code::badge_limit, {"le texte est trop long pour un code QR : au plus 2 331 octets",
                                    "the text is too long for a QR code: at most 2,331 bytes"});
  const std::unique_ptr<QRcode, void (*)(QRcode *)> code(
      QRcode_encodeData(static_cast<int>(text.size()), reinterpret_cast<const unsigned char *>(text.data()), 0,
                        QR_ECLEVEL_M),
      &QRcode_free);
  if (!code) {
    if (errno == ENOMEM)
      throw std::bad_alloc();
    refuse_text(Code::badge_carrier, {"ce texte ne peut pas être mis dans un code QR", "no QR code holds that text"});
  }
  QrMatrix matrix{code->width, {}};
  const auto count = static_cast<std::size_t>(code->width) * static_cast<std::size_t>(code->width);
  matrix.modules.reserve(count);
  for (std::size_t i = 0; i < count; ++i)
    matrix.modules += (code->data[i] & 1U) != 0 ? '1' : '0';
  return matrix;
}

std::string qr_text(std::string_view address, std::string_view id, std::string_view badge) {
  if (!is_address(address))
    refuse_text(Code::badge_carrier,
                {"une adresse en https, sans « # », est attendue", "an https address without '#' is expected"});
  if (id.empty())
    refuse_text(Code::badge_carrier, {"le badge n’a pas d’identifiant", "the badge has no identifier"});
  return std::string(address) + std::string(id_mark) + percent_encoded(id) + std::string(hash_mark) +
         crypto::hex(crypto::sha256(badge));
}

std::optional<QrReference> read_qr_text(std::string_view text) {
  const std::size_t mark = text.find(id_mark);
  const std::size_t hash = text.rfind(hash_mark);
  if (mark == std::string_view::npos || hash == std::string_view::npos || hash < mark + id_mark.size())
    return std::nullopt;
  QrReference reference;
  reference.address = text.substr(0, mark);
  const auto id = percent_decoded(text.substr(mark + id_mark.size(), hash - mark - id_mark.size()));
  reference.sha256 = text.substr(hash + hash_mark.size());
  const auto hexadecimal = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  if (!is_address(reference.address) || !id || id->empty() || reference.sha256.size() != 64 ||
      !std::all_of(reference.sha256.begin(), reference.sha256.end(), hexadecimal))
    return std::nullopt;
  reference.id = *id;
  return reference;
}

} // namespace spie::credentials
