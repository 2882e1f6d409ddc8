// Which store an address opens: a new one adds a line to the table.
#include "spie/store/acces.hpp"
#include "spie/store/sqlite.hpp"
#include "spie/store/store.hpp"
#include "text/suggestion.hpp"

#include <algorithm>
#include <array>

namespace spie::store {

namespace {

template <class Kept> using Opening = std::unique_ptr<Kept> (*)(const std::string &, std::string_view, const Options &);

struct Scheme {
  std::string_view name;
  Opening<dossier::Journal> create, open;
  Opening<droits::JournalAcces> create_acces, open_acces;
};

// What SQLite alone asks for is left to those who name it.
template <auto open> auto by_sqlite(const std::string &path, std::string_view keys, const Options &options) {
  return open(path, keys, {options, {}});
}

constexpr std::array known{Scheme{"sqlite", by_sqlite<create_sqlite>, by_sqlite<open_sqlite>,
                                  by_sqlite<create_acces_sqlite>, by_sqlite<open_acces_sqlite>}};

// "postgres:" of "postgres://…", without its colon; empty for a path. One letter is a drive of Windows.
std::string_view scheme_of(std::string_view address) noexcept {
  const auto end = std::find_if(address.begin(), address.end(), [](char c) {
    return (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '+' && c != '-' && c != '.';
  });
  const auto length = static_cast<std::size_t>(end - address.begin());
  return end != address.end() && *end == ':' && length > 1 ? address.substr(0, length) : std::string_view();
}

template <auto member, class... Given> auto opened(const std::string &address, Given &&...given) {
  const std::string_view named = scheme_of(address);
  if (named.empty())
    return (known.front().*member)(address, given...);
  for (const Scheme &one : known)
    if (one.name == named)
      return (one.*member)(address.substr(named.size() + 1), given...);
  throw Error({Code::store_open, Level::error, unknown("kind of store", named, schemes()), address,
               "Begin it by one that is known: " + nearest_or_all({}, schemes()) +
                   "; a path with a colon begins by ./ or sqlite:.",
               std::string(named), nearest_or_all(named, schemes())});
}

} // namespace

std::vector<std::string> schemes() {
  std::vector<std::string> names;
  for (const Scheme &one : known)
    names.emplace_back(one.name);
  return names;
}

std::unique_ptr<dossier::Journal> create(const std::string &address, std::string_view keys, const Options &options) {
  return opened<&Scheme::create>(address, keys, options);
}

std::unique_ptr<dossier::Journal> open(const std::string &address, std::string_view keys, const Options &options) {
  return opened<&Scheme::open>(address, keys, options);
}

std::string acces_path(const std::string &store_path) { return store_path + "-acces"; }

std::unique_ptr<droits::JournalAcces> create_acces(const std::string &address, std::string_view keys,
                                                   const Options &options) {
  return opened<&Scheme::create_acces>(address, keys, options);
}

std::unique_ptr<droits::JournalAcces> open_acces(const std::string &address, std::string_view keys,
                                                 const Options &options) {
  return opened<&Scheme::open_acces>(address, keys, options);
}

} // namespace spie::store
