#include "credentials/place.hpp"
#include "credentials/status.hpp"
#include "spie/json.hpp"
#include "text/words.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace spie::credentials {

namespace {

constexpr std::array purposes{"revocation", "suspension", "refresh", "message"};

Purpose read_purpose(const Place &place) {
  const auto purpose = purpose_of(place.text());
  if (!purpose)
    place.refuse("le but du statut n’est pas un des quatre : revocation, suspension, refresh, message",
                 "the purpose is none of the four: revocation, suspension, refresh, message");
  return *purpose;
}

// "0x2": the value, which is the place of its message too.
std::optional<unsigned> read_value(std::string_view text) {
  if (!text.starts_with("0x"))
    return std::nullopt;
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data() + 2, text.data() + text.size(), value, 16);
  if (error != std::errc() || end != text.data() + text.size())
    return std::nullopt;
  return value;
}

// Each value has one message (Bitstring Status List §2.1, statusMessage).
std::vector<std::string> read_messages(const Place &place, int size) {
  std::vector<std::string> messages(std::size_t{1} << static_cast<unsigned>(size));
  std::size_t count = 0;
  place.each([&](const Place &one) {
    const Place message = one.object();
    const auto value = read_value(message.at("status").text());
    if (!value || *value >= messages.size() || !messages[*value].empty())
      message.at("status").refuse("une valeur en hexadécimal est attendue (0x0, 0x1…), une fois chacune",
                                  "a value in hexadecimal is expected (0x0, 0x1…), each of them once");
    messages[*value] = message.at("message").text();
    ++count;
  });
  if (count != messages.size())
    place.refuse("chaque valeur de l’entrée doit avoir son message", "each value of the entry must have its message");
  return messages;
}

StatusEntry read_bitstring_entry(const Place &place) {
  StatusEntry entry;
  entry.list = place.at("statusListCredential").text();
  entry.purpose = read_purpose(place.at("statusPurpose"));
  const Place index = place.at("statusListIndex");
  const auto position = whole(index.value);
  if (!position)
    index.refuse("un nombre entier en chiffres décimaux est attendu", "a whole number in decimal digits is expected");
  entry.index = *position;
  if (const auto size = place.find("statusSize")) {
    const auto bits = size->is(feel::Kind::number) ? whole(size->value) : std::nullopt;
    if (!bits || *bits == 0)
      size->refuse("un nombre de bits est attendu, à partir de 1", "a number of bits is expected, from 1");
    if (*bits > 8)
      refuse(Code::badge_limit, size->where,
             {"une entrée de plus de 8 bits n’est pas lue", "an entry of more than 8 bits is not read"});
    entry.size = static_cast<int>(*bits);
  }
  if (const auto messages = place.find("statusMessage"))
    entry.messages = read_messages(*messages, entry.size);
  else if (entry.size > 1)
    place.at("statusMessage");
  return entry;
}

int hex_digit(char c) noexcept {
  return c >= '0' && c <= '9'   ? c - '0'
         : c >= 'a' && c <= 'f' ? c - 'a' + 10
         : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                : -1;
}

// Two ids are of one badge once they are trimmed and percent-decoded (Open Badges 3.0, equality and comparison).
std::string plain_id(std::string_view id) {
  std::string plain;
  id = trimmed(id);
  for (std::size_t i = 0; i < id.size(); ++i) {
    const bool escaped = id[i] == '%' && i + 2 < id.size() && hex_digit(id[i + 1]) >= 0 && hex_digit(id[i + 2]) >= 0;
    plain += escaped ? static_cast<char>(hex_digit(id[i + 1]) * 16 + hex_digit(id[i + 2])) : id[i];
    i += escaped ? 2 : 0;
  }
  return plain;
}

// The address of a list may name a place in it; the list is the document.
std::string_view document_of(std::string_view address) noexcept { return address.substr(0, address.find('#')); }

} // namespace

std::optional<std::uint64_t> whole(const feel::Value &value) noexcept {
  if (value.is(feel::Kind::number)) {
    const auto number = value.number().to_int64();
    if (!number || *number < 0)
      return std::nullopt;
    return static_cast<std::uint64_t>(*number);
  }
  if (!value.is(feel::Kind::text))
    return std::nullopt;
  const std::string &text = value.text();
  const bool digits =
      !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!digits || (text.size() > 1 && text.front() == '0') || text.size() > 18)
    return std::nullopt;
  std::uint64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

std::string_view text(Purpose purpose) noexcept { return purposes[static_cast<std::size_t>(purpose)]; }

std::optional<Purpose> purpose_of(std::string_view text) noexcept {
  const auto found = std::find(purposes.begin(), purposes.end(), text);
  if (found == purposes.end())
    return std::nullopt;
  return static_cast<Purpose>(found - purposes.begin());
}

std::vector<StatusEntry> read_status(const feel::Value &status, std::string_view where) {
  std::vector<StatusEntry> entries;
  Place{status, std::string(where), Code::badge_structure}.each([&](const Place &one) {
    const Place entry = one.object();
    if (entry.has_type("BitstringStatusListEntry")) {
      entries.push_back(read_bitstring_entry(entry));
      entries.back().where = entry.where;
    } else if (entry.has_type("1EdTechRevocationList")) {
      StatusEntry read;
      read.kind = StatusEntry::Kind::revocation_list;
      read.list = entry.at("id").text();
      read.where = entry.where;
      entries.push_back(std::move(read));
    } else {
      refuse(Code::badge_unsupported, entry.at("type").where,
             {"ce type de statut n’est pas lu", "this type of status is not read"});
    }
  });
  return entries;
}

StatusList read_status_list(const feel::Value &credential) {
  const Place place = Place{credential, {}, Code::badge_status_list}.object();
  if (!place.has_type("BitstringStatusListCredential"))
    place.at("type").refuse("ce n’est pas une BitstringStatusListCredential",
                            "this is no BitstringStatusListCredential");
  const Place subject = place.at("credentialSubject").object();
  if (!subject.has_type("BitstringStatusList"))
    subject.at("type").refuse("ce n’est pas une BitstringStatusList", "this is no BitstringStatusList");
  std::vector<Purpose> listed;
  subject.at("statusPurpose").each([&](const Place &one) { listed.push_back(read_purpose(one)); });
  const Place encoded = subject.at("encodedList");
  const auto id = place.find("id");
  return {id ? id->text() : std::string(), std::move(listed), Bitstring::decode(encoded.text(), encoded.where)};
}

RevocationList read_revocation_list(const feel::Value &list) {
  const Place place = Place{list, {}, Code::badge_status_list}.object();
  RevocationList read;
  if (const auto id = place.find("id"))
    read.id = id->text();
  if (const auto issuer = place.find("issuer"))
    read.issuer = issuer->is(feel::Kind::context) ? issuer->at("id").text() : issuer->text();
  if (place.find("type") && !place.has_type("1EdTechRevocationList"))
    place.at("type").refuse("ce n’est pas une 1EdTechRevocationList", "this is no 1EdTechRevocationList");
  const Place revoked = place.at("revokedCredential");
  if (revoked.is(feel::Kind::list) && revoked.value.list().empty())
    return read; // nobody was revoked yet
  revoked.each([&](const Place &one) {
    const Place entry = one.object();
    Revoked badge{entry.at("id").text(), {}};
    if (const auto flag = entry.find("revoked")) {
      if (!flag->is(feel::Kind::boolean))
        flag->refuse("vrai ou faux est attendu", "true or false is expected");
      if (flag->value.is_false())
        return;
    }
    if (const auto reason = entry.find("revocationReason"))
      badge.reason = reason->text();
    read.revoked.push_back(std::move(badge));
  });
  return read;
}

std::string write_revocation_list(const RevocationList &list) {
  feel::List revoked;
  for (const Revoked &one : list.revoked) {
    std::vector<feel::Context::Entry> entry{{"id", feel::Value(one.id)}, {"revoked", feel::Value(true)}};
    if (!one.reason.empty())
      entry.push_back({"revocationReason", feel::Value(one.reason)});
    revoked.push_back(feel::Value(feel::Context::of_distinct(std::move(entry))));
  }
  return write_json(feel::Value(feel::Context{{"id", feel::Value(list.id)},
                                              {"type", feel::Value("1EdTechRevocationList")},
                                              {"issuer", feel::Value(list.issuer)},
                                              {"revokedCredential", feel::Value(std::move(revoked))}}),
                    2) +
         "\n";
}

Status status_of(const StatusEntry &entry, const StatusList &list) {
  const auto refuse_list = [](Words reason) { refuse(Code::badge_status_list, {}, std::move(reason)); };
  if (entry.kind != StatusEntry::Kind::bitstring)
    refuse_list({"le badge renvoie à une liste d’une autre forme", "the badge points to a list of another form"});
  if (std::find(list.purposes.begin(), list.purposes.end(), entry.purpose) == list.purposes.end())
    refuse_list({"la liste n’a pas le but que le badge nomme : " + std::string(text(entry.purpose)),
                 "the list has not the purpose that the badge names: " + std::string(text(entry.purpose)) +
                     " (STATUS_VERIFICATION_ERROR)"});
  Status status;
  status.elsewhere = !list.id.empty() && document_of(list.id) != document_of(entry.list);
  status.value = list.bits.at(entry.index, entry.size);
  if (!entry.messages.empty())
    status.said = entry.messages[status.value];
  using State = Status::State;
  if (status.value != 0)
    switch (entry.purpose) {
    case Purpose::revocation:
      status.state = State::revoked;
      break;
    case Purpose::suspension:
      status.state = State::suspended;
      break;
    case Purpose::refresh:
      status.state = State::refresh;
      break;
    case Purpose::message:
      status.state = State::message;
      break;
    }
  return status;
}

Status status_of(const StatusEntry &entry, const RevocationList &list, std::string_view badge) {
  if (entry.kind != StatusEntry::Kind::revocation_list)
    refuse(Code::badge_status_list, {},
           {"le badge renvoie à une liste d’une autre forme", "the badge points to a list of another form"});
  const bool elsewhere = !list.id.empty() && document_of(list.id) != document_of(entry.list);
  const std::string wanted = plain_id(badge);
  const auto found = std::find_if(list.revoked.begin(), list.revoked.end(),
                                  [&](const Revoked &one) { return plain_id(one.id) == wanted; });
  if (found == list.revoked.end())
    return {Status::State::clear, 0, {}, elsewhere};
  return {Status::State::revoked, 1, found->reason, elsewhere};
}

} // namespace spie::credentials
