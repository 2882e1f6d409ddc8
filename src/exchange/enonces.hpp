// What a record says, put together field by field: what is empty is left out, what a payload cannot hold is refused as
// a field, and the record stands.
#pragma once

#include "exchange/session.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace spie::exchange {

// A record that is being read: its session, what its source said before, and its place.
struct Contexte {
  Session &session;
  Fil &fil;
  const std::string &place;
};

// Adds the text unless it is empty.
void put(feel::Context &content, std::string_view field, std::string_view text);
void put(feel::Context &content, std::string_view field, const std::optional<feel::Date> &date);
void put(feel::Context &content, std::string_view field, const std::vector<std::string> &texts);

// States what is well formed of it; nothing when nothing is left, or when what the type asks for is missing.
void state(const Contexte &context, std::string_view type, const feel::Context &content, const dossier::Effet &effect,
           const std::vector<dossier::Sujet> &others = {});
// The same, true at the date of the file, and since `since` when the source said nothing else in between.
void state_now(const Contexte &context, std::string_view type, const feel::Context &content,
               std::optional<feel::Date> since = {}, const std::vector<dossier::Sujet> &others = {});

// A key of a record, or an identifier: 1 to 100 bytes.
bool is_key(std::string_view text) noexcept;

} // namespace spie::exchange
