#include "credentials/carrier/deflate.hpp"
#include "credentials/multibase.hpp"
#include "credentials/place.hpp"
#include "credentials/status.hpp"

namespace spie::credentials {

namespace {

void check_size(int size) {
  if (size < 1 || size > 8)
    refuse(Code::badge_status_list, {}, {"une entrée a de 1 à 8 bits ici", "an entry has from 1 to 8 bits here"});
}

} // namespace

Bitstring::Bitstring(std::uint64_t entries, int size) {
  check_size(size);
  if (entries < fewest)
    refuse(Code::badge_status_list, {},
           {"une liste de statuts a au moins 131 072 entrées", "a status list has at least 131,072 entries"});
  if (entries > most_bits / static_cast<unsigned>(size))
    refuse(Code::badge_limit, {}, {"la liste de statuts est trop longue", "the status list is too long"});
  bytes_.assign((entries * static_cast<unsigned>(size) + 7) / 8, '\0');
}

Bitstring Bitstring::decode(std::string_view encoded, std::string_view where) {
  const std::string place(where);
  if (encoded.size() > most_text)
    refuse(Code::badge_limit, place, {"la liste de statuts est trop longue", "the status list is too long"});
  const auto packed = encoded.starts_with('u') ? from_multibase(encoded) : std::nullopt;
  if (!packed)
    refuse(Code::badge_status_list, place,
           {"la liste n’est pas écrite en base64url après la lettre u (multibase)",
            "the list is not written in base64url after the letter u (multibase)"});
  Inflated bytes = inflated(*packed, Container::gzip, most_bits / 8);
  switch (bytes.state) {
  case Inflated::State::whole:
    return Bitstring(std::move(bytes.bytes));
  case Inflated::State::too_long:
    refuse(Code::badge_limit, place, {"la liste de statuts est trop longue", "the status list is too long"});
  case Inflated::State::cut:
    refuse(Code::badge_status_list, place, {"la liste compressée est coupée", "the compressed list is cut"});
  case Inflated::State::ill_formed:
    break;
  }
  refuse(Code::badge_status_list, place,
         {"la liste n’est pas compressée par gzip, ou a été altérée",
          "the list is not compressed by gzip, or was altered"});
}

std::string Bitstring::encode() const { return to_multibase(gzipped(bytes_), Multibase::base64url); }

void Bitstring::check(std::uint64_t index, int size) const {
  check_size(size);
  const std::uint64_t entries = bits() / static_cast<unsigned>(size);
  if (entries < fewest)
    refuse(Code::badge_status_list, {},
           {"la liste n’a que " + std::to_string(entries) + " entrées : il en faut au moins 131 072",
            "the list has " + std::to_string(entries) +
                " entries alone: at least 131,072 are needed (STATUS_LIST_LENGTH_ERROR)"});
  if (index >= entries)
    refuse(Code::badge_status_list, {},
           {"l’entrée " + std::to_string(index) + " est au-delà de la fin de la liste",
            "the entry " + std::to_string(index) + " is beyond the end of the list (RANGE_ERROR)"});
}

unsigned Bitstring::at(std::uint64_t index, int size) const {
  check(index, size);
  unsigned value = 0;
  const std::uint64_t first = index * static_cast<unsigned>(size);
  for (std::uint64_t bit = first; bit < first + static_cast<unsigned>(size); ++bit)
    value = value << 1U | (static_cast<unsigned char>(bytes_[bit / 8]) >> (7 - bit % 8) & 1U);
  return value;
}

void Bitstring::set(std::uint64_t index, unsigned value, int size) {
  check(index, size);
  if (value >> static_cast<unsigned>(size) != 0)
    refuse(Code::badge_status_list, {},
           {"l’entrée n’a pas assez de bits pour cette valeur", "the entry has too few bits for that value"});
  const std::uint64_t last = index * static_cast<unsigned>(size) + static_cast<unsigned>(size) - 1;
  for (int i = 0; i < size; ++i, value >>= 1U) {
    const std::uint64_t bit = last - static_cast<unsigned>(i);
    const auto mask = static_cast<unsigned char>(0x80U >> bit % 8);
    const auto byte = static_cast<unsigned char>(bytes_[bit / 8]);
    bytes_[bit / 8] = static_cast<char>((value & 1U) != 0 ? byte | mask : byte & ~mask);
  }
}

} // namespace spie::credentials
