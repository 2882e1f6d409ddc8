#include "insertion/dossier/sans_nir.hpp"

#include "spie/dossier/identite.hpp"

#include <algorithm>

namespace spie::dossier {

namespace {

using Found = std::function<void(const feel::Value &)>;

bool is_nir(const feel::Number &number) { return number.is_integer() && read_nir(number.to_string()).has_value(); }

bool holds_nir(const feel::Value &value) {
  switch (value.kind()) {
  case feel::Kind::text:
    return spie::holds_nir(value.text());
  case feel::Kind::number:
    return is_nir(value.number());
  case feel::Kind::list:
    return std::any_of(value.list().begin(), value.list().end(), holds_nir);
  case feel::Kind::context:
    return std::any_of(value.context().begin(), value.context().end(),
                       [](const auto &entry) { return holds_nir(entry.second); });
  default:
    return false;
  }
}

// What is not kept leaves no field.
void put(feel::Context &into, const std::string &field, feel::Value value) {
  if (!value.is_null())
    into.set(field, std::move(value));
}

feel::Value hidden(const feel::Value &value, Journal &journal, const Found &found) {
  switch (value.kind()) {
  case feel::Kind::text:
    if (const auto nir = read_nir(value.text())) {
      found(value);
      return journal.nir_fingerprints(nir->treize).front();
    }
    if (find_nir(value.text())) { // in the middle of a text
      found(value);
      return without_nir(value.text());
    }
    return value;
  case feel::Kind::number:
    if (!is_nir(value.number()))
      return value;
    found(value);
    return {};
  case feel::Kind::list: {
    feel::List items;
    for (const feel::Value &item : value.list())
      items.push_back(hidden(item, journal, found));
    return items;
  }
  case feel::Kind::context: {
    feel::Context entries;
    for (const auto &[key, item] : value.context())
      put(entries, key, hidden(item, journal, found));
    return entries;
  }
  default:
    return value;
  }
}

} // namespace

void hide_nir(feel::Context &contenu, Journal &journal,
              const std::function<void(std::string_view, const feel::Value &)> &found) {
  // Almost none does: nothing is copied then.
  if (std::none_of(contenu.begin(), contenu.end(), [](const auto &entry) { return holds_nir(entry.second); }))
    return;
  feel::Context result;
  for (const auto &[field, value] : contenu)
    put(result, field, hidden(value, journal, [&, name = std::string_view(field)](const feel::Value &given) {
          if (found)
            found(name, given);
        }));
  contenu = std::move(result);
}

} // namespace spie::dossier
