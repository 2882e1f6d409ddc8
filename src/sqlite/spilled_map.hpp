// Numbers under texts, in a memory that stays flat however many there are: a private temporary file, which SQLite
// deletes, takes what does not fit.
#pragma once

#include "crypto/digest.hpp"
#include "sqlite/database.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace spie::sqlite {

// The file holds salted digests: keys may name people, and a temporary folder is not where the store is. Two keys with
// one digest of 128 bits would be taken for one. Errors S… when the temporary folder cannot be written, or is full.
class SpilledMap {
public:
  SpilledMap();

  std::optional<std::int64_t> find(std::string_view key);
  // Holds the number under the key, unless there is one already: that one is given back.
  std::optional<std::int64_t> emplace(std::string_view key, std::int64_t number);

private:
  using Empreinte = std::array<std::uint8_t, 16>;
  Empreinte digest(std::string_view key) const;
  std::optional<std::int64_t> held(const Empreinte &digest);

  Empreinte salt_{};
  Database database_;
  Statement find_, insert_;
};

} // namespace spie::sqlite
