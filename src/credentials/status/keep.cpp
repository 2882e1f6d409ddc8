#include "credentials/place.hpp"
#include "credentials/status.hpp"
#include "spie/json.hpp"

#include <algorithm>
#include <array>

namespace spie::credentials {

namespace {

constexpr std::string_view form = "spie.registre-statuts.1", revocation_form = "1edtech";

// Below `bound`, each as likely as the others: what would favour the first ones is drawn again.
std::uint64_t drawn_below(std::uint64_t bound, const crypto::Entropy &entropy) {
  const std::uint64_t fair = UINT64_MAX - UINT64_MAX % bound;
  for (;;) {
    std::array<std::uint8_t, 8> bytes{};
    entropy(bytes);
    std::uint64_t number = 0;
    for (const std::uint8_t byte : bytes)
      number = number << 8U | byte;
    if (number < fair)
      return number % bound;
  }
}

std::uint64_t index_or_refuse(const Register &kept, std::string_view badge) {
  const auto index = kept.index_of(badge);
  if (!index)
    refuse(Code::badge_unavailable, {},
           {"le registre ne connaît pas ce badge : " + std::string(badge),
            "the register does not know this badge: " + std::string(badge)});
  return *index;
}

std::string hexadecimal(std::size_t value) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  do
    text.insert(text.begin(), digits[value % 16]);
  while ((value /= 16) != 0);
  return "0x" + text;
}

} // namespace

std::optional<std::uint64_t> Register::index_of(std::string_view badge) const {
  const auto found =
      std::find_if(given.begin(), given.end(), [&](const auto &one) { return one.second.badge == badge; });
  if (found == given.end())
    return std::nullopt;
  return found->first;
}

std::uint64_t Register::allocate(std::string_view badge, const crypto::Entropy &entropy) {
  const auto index = index_of(badge);
  return index ? *index : add(badge, entropy);
}

std::uint64_t Register::add(std::string_view badge, const crypto::Entropy &entropy) {
  if (given.size() >= entries)
    refuse(Code::badge_limit, {}, {"la liste est pleine : en ouvrir une autre", "the list is full: open another one"});
  if (kind == StatusEntry::Kind::revocation_list) { // which has no index to hide
    const std::uint64_t next = given.empty() ? 0 : given.rbegin()->first + 1;
    given.emplace_hint(given.end(), next, Entry{std::string(badge), 0});
    return next;
  }
  // As fair as what follows, and at once while few are taken.
  for (int tries = 0; tries < 32; ++tries) {
    const std::uint64_t index = drawn_below(entries, entropy);
    if (given.emplace(index, Entry{std::string(badge), 0}).second)
      return index;
  }
  // The n-th of those that are free: the ones taken before it move it on.
  std::uint64_t index = drawn_below(entries - given.size(), entropy);
  for (const auto &[taken, entry] : given) {
    if (taken > index)
      break;
    ++index;
  }
  given.emplace(index, Entry{std::string(badge), 0});
  return index;
}

void Register::set(std::string_view badge, unsigned value) {
  const std::uint64_t index = index_or_refuse(*this, badge);
  if (value >> static_cast<unsigned>(size) != 0)
    refuse(Code::badge_status_list, {},
           {"l’entrée n’a pas assez de bits pour cette valeur", "the entry has too few bits for that value"});
  given.at(index).value = value;
}

Bitstring Register::bits() const {
  Bitstring bits(entries, size);
  for (const auto &[index, entry] : given)
    bits.set(index, entry.value, size);
  return bits;
}

Register read_register(std::string_view text) {
  const feel::Value document = read_json(text, "registre", {16, std::size_t{256} << 20U});
  const Place place = Place{document, {}, Code::badge_status_list}.object();
  if (place.at("format").text() != form)
    place.at("format").refuse("ce n’est pas un registre de statuts", "this is no register of statuses");
  Register kept;
  kept.list = place.at("liste").text();
  if (const auto kind = place.find("forme")) {
    if (kind->text() != revocation_form)
      kind->refuse("la forme de la liste n’est pas connue", "the form of the list is not known");
    kept.kind = StatusEntry::Kind::revocation_list;
  }
  const Place purpose = place.at("but");
  if (const auto known = purpose_of(purpose.text()))
    kept.purpose = *known;
  else
    purpose.refuse("le but n’est pas connu", "the purpose is not known");
  const auto number = [](const Place &one, std::uint64_t least, std::uint64_t most) {
    const auto read = one.is(feel::Kind::number) ? whole(one.value) : std::nullopt;
    if (!read || *read < least || *read > most)
      one.refuse("un nombre de " + std::to_string(least) + " à " + std::to_string(most) + " est attendu",
                 "a number from " + std::to_string(least) + " to " + std::to_string(most) + " is expected");
    return *read;
  };
  kept.size = static_cast<int>(number(place.at("bits"), 1, 8));
  kept.entries = number(place.at("taille"), Bitstring::fewest, Bitstring::most_bits / static_cast<unsigned>(kept.size));
  if (const auto messages = place.find("messages"))
    messages->each([&](const Place &one) { kept.messages.push_back(one.text()); });
  if (kept.size > 1 && kept.messages.size() != std::size_t{1} << static_cast<unsigned>(kept.size))
    place.refuse("chaque valeur doit avoir son message", "each value must have its message");
  const Place entries = place.at("entrees");
  if (!entries.is(feel::Kind::list))
    entries.refuse("une liste est attendue", "a list is expected");
  std::vector<std::string_view> badges;
  for (std::size_t i = 0; i < entries.value.list().size(); ++i) {
    const Place entry = entries.item(i).object();
    const std::uint64_t index = number(entry.at("index"), 0, kept.entries - 1);
    const auto value = static_cast<unsigned>(number(entry.at("etat"), 0, (1U << static_cast<unsigned>(kept.size)) - 1));
    const auto reason = entry.find("motif");
    if (!kept.given
             .emplace(index, Register::Entry{entry.at("badge").text(), value, reason ? reason->text() : std::string()})
             .second)
      entry.at("index").refuse("cet index est donné deux fois", "this index is given twice");
    badges.push_back(entry.at("badge").text());
  }
  std::sort(badges.begin(), badges.end());
  if (const auto twice = std::adjacent_find(badges.begin(), badges.end()); twice != badges.end())
    entries.refuse("un badge a deux index : " + std::string(*twice), "a badge has two indexes: " + std::string(*twice));
  return kept;
}

std::string write_register(const Register &kept) {
  feel::List entries;
  for (const auto &[index, entry] : kept.given) {
    std::vector<feel::Context::Entry> members{{"index", feel::Value(static_cast<std::int64_t>(index))},
                                              {"badge", feel::Value(entry.badge)},
                                              {"etat", feel::Value(static_cast<std::int64_t>(entry.value))}};
    if (!entry.reason.empty())
      members.push_back({"motif", feel::Value(entry.reason)});
    entries.push_back(feel::Value(feel::Context::of_distinct(std::move(members))));
  }
  std::vector<feel::Context::Entry> members{{"format", feel::Value(form)}, {"liste", feel::Value(kept.list)}};
  if (kept.kind == StatusEntry::Kind::revocation_list)
    members.push_back({"forme", feel::Value(revocation_form)});
  members.insert(members.end(), {{"but", feel::Value(text(kept.purpose))},
                                 {"taille", feel::Value(static_cast<std::int64_t>(kept.entries))},
                                 {"bits", feel::Value(kept.size)}});
  if (!kept.messages.empty())
    members.push_back({"messages", feel::Value(feel::List(kept.messages.begin(), kept.messages.end()))});
  members.push_back({"entrees", feel::Value(std::move(entries))});
  return write_json(feel::Value(feel::Context::of_distinct(std::move(members))), 2) + "\n";
}

feel::Value entry_of(const Register &kept, std::string_view badge) {
  return entry_at(kept, index_or_refuse(kept, badge));
}

feel::Value entry_at(const Register &kept, std::uint64_t position) {
  if (kept.kind == StatusEntry::Kind::revocation_list)
    return feel::Value(feel::Context{{"id", feel::Value(kept.list)}, {"type", feel::Value("1EdTechRevocationList")}});
  const std::string index = std::to_string(position);
  std::vector<feel::Context::Entry> members{{"id", feel::Value(kept.list + "#" + index)},
                                            {"type", feel::Value("BitstringStatusListEntry")},
                                            {"statusPurpose", feel::Value(text(kept.purpose))},
                                            {"statusListIndex", feel::Value(index)},
                                            {"statusListCredential", feel::Value(kept.list)}};
  if (kept.size > 1)
    members.push_back({"statusSize", feel::Value(kept.size)});
  if (!kept.messages.empty()) {
    feel::List messages;
    for (std::size_t value = 0; value < kept.messages.size(); ++value)
      messages.push_back(feel::Value(
          feel::Context{{"status", feel::Value(hexadecimal(value))}, {"message", feel::Value(kept.messages[value])}}));
    members.push_back({"statusMessage", feel::Value(std::move(messages))});
  }
  return feel::Value(feel::Context::of_distinct(std::move(members)));
}

feel::Value credential_of(const Register &kept, std::string_view issuer, std::string_view valid_from,
                          std::string_view valid_until) {
  std::vector<feel::Context::Entry> members{
      {"@context", feel::Value(feel::List{feel::Value("https://www.w3.org/ns/credentials/v2")})},
      {"id", feel::Value(kept.list)},
      {"type",
       feel::Value(feel::List{feel::Value("VerifiableCredential"), feel::Value("BitstringStatusListCredential")})},
      {"issuer", feel::Value(issuer)},
      {"validFrom", feel::Value(valid_from)}};
  if (!valid_until.empty())
    members.push_back({"validUntil", feel::Value(valid_until)});
  members.push_back(
      {"credentialSubject", feel::Value(feel::Context{{"id", feel::Value(kept.list + "#list")},
                                                      {"type", feel::Value("BitstringStatusList")},
                                                      {"statusPurpose", feel::Value(text(kept.purpose))},
                                                      {"encodedList", feel::Value(kept.bits().encode())}})});
  return feel::Value(feel::Context::of_distinct(std::move(members)));
}

} // namespace spie::credentials
