#include "credentials/ob2/signed.hpp"

#include "credentials/finding.hpp"
#include "rules/json/reader.hpp"
#include "text/base64.hpp"

#include <algorithm>

namespace spie::credentials::ob2 {

namespace {

using namespace std::string_view_literals;

[[noreturn]] void refuse(Code code, std::string_view where, std::string fr, std::string en) {
  throw Refusal({code, Level::error, std::string(where), {std::move(fr), std::move(en)}, {}});
}

// DER (X.690 §8.1): the content of what `tag` says stands next, which is taken off `bytes`; nothing when it does not.
bool take(std::string_view &bytes, unsigned char tag, std::string_view &content) noexcept {
  if (bytes.size() < 2 || static_cast<unsigned char>(bytes[0]) != tag)
    return false;
  std::size_t length = static_cast<unsigned char>(bytes[1]), head = 2;
  if (length >= 0x80) {
    const std::size_t count = length & 0x7FU;
    if (count == 0 || count > 4 || bytes.size() < 2 + count)
      return false;
    length = 0;
    for (std::size_t i = 0; i < count; ++i)
      length = length << 8U | static_cast<unsigned char>(bytes[2 + i]);
    head += count;
  }
  if (length > bytes.size() - head)
    return false;
  content = bytes.substr(head, length);
  bytes.remove_prefix(head + length);
  return true;
}

std::optional<std::string> pem_bytes(std::string_view pem) {
  constexpr auto begin = "-----BEGIN PUBLIC KEY-----"sv, end = "-----END PUBLIC KEY-----"sv;
  const std::size_t from = pem.find(begin), to = pem.find(end);
  if (from == std::string_view::npos || to == std::string_view::npos || to < from)
    return std::nullopt;
  std::string text;
  for (const char c : pem.substr(from + begin.size(), to - from - begin.size()))
    if (c == '+')
      text += '-';
    else if (c == '/')
      text += '_';
    else if (c != '\n' && c != '\r' && c != ' ' && c != '=')
      text += c;
  return from_base64url(text);
}

} // namespace

Signed read_signed(std::string_view text) {
  const std::size_t first = text.find('.'), second = text.find('.', first + 1);
  if (first == std::string_view::npos || second == std::string_view::npos)
    refuse(Code::badge_proof, {}, "un JWS compact a trois parties", "a compact JWS has three parts");
  const auto header = from_base64url(text.substr(0, first));
  const auto payload = from_base64url(text.substr(first + 1, second - first - 1));
  const auto signature = from_base64url(text.substr(second + 1));
  if (!header || !payload || !signature)
    refuse(Code::badge_proof, {}, "une partie du JWS n’est pas en base64url canonique",
           "a part of the JWS is not in canonical base64url");
  try {
    const feel::Value read = json::read_verbatim(*header, {}, {8, 64 << 10}).value;
    if (!read.is(feel::Kind::context))
      refuse(Code::badge_proof, {}, "l’en-tête du JWS n’est pas un objet", "the header of the JWS is no object");
    const feel::Value *algorithm = read.context().find("alg");
    if (algorithm == nullptr || !algorithm->is(feel::Kind::text) || algorithm->text() != "RS256")
      refuse(Code::badge_unsupported, "/alg", "l’algorithme n’est pas RS256", "the algorithm is not RS256");
    if (read.context().find("crit") != nullptr)
      refuse(Code::badge_unsupported, "/crit", "l’en-tête demande ce qui n’est pas compris",
             "the header asks for what is not understood");
  } catch (const Refusal &) {
    throw;
  } catch (const Error &) {
    refuse(Code::badge_proof, {}, "l’en-tête du JWS n’est pas du JSON", "the header of the JWS is not JSON");
  }
  return {std::string(text.substr(0, second)), *payload, *signature};
}

crypto::PublicKey read_rsa_pem(std::string_view pem, std::string_view where) {
  const auto bytes = pem_bytes(pem);
  std::string_view rest = bytes ? std::string_view(*bytes) : std::string_view();
  std::string_view info, algorithm, name, bits, key, modulus, exponent;
  constexpr auto rsa_encryption = "\x2A\x86\x48\x86\xF7\x0D\x01\x01\x01"sv;
  const bool read = take(rest, 0x30, info) && rest.empty() && take(info, 0x30, algorithm) &&
                    take(algorithm, 0x06, name) && name == rsa_encryption && take(info, 0x03, bits) && info.empty() &&
                    bits.starts_with('\0');
  if (read)
    bits.remove_prefix(1); // how many bits of the last byte are none: zero
  if (!read || !take(bits, 0x30, key) || !take(key, 0x02, modulus) || !take(key, 0x02, exponent) || !key.empty())
    refuse(Code::badge_key, where, "la clé n’est pas une clé publique RSA en PEM",
           "the key is no public RSA key in PEM");
  if (modulus.starts_with('\0'))
    modulus.remove_prefix(1); // the sign
  if (exponent.starts_with('\0'))
    exponent.remove_prefix(1);
  try {
    return crypto::PublicKey::from_rsa(modulus, exponent);
  } catch (const crypto::KeyError &error) {
    throw Refusal(finding_of(error, Code::badge_key, std::string(where)));
  }
}

} // namespace spie::credentials::ob2
