#include "insertion/dossier/sans_nir.hpp"

#include "spie/dossier/identite.hpp"

#include <algorithm>

namespace spie::dossier {

namespace {

bool holds_nir(const feel::Value &value) {
  switch (value.kind()) {
  case feel::Kind::text:
    return find_nir(value.text()).has_value() || read_nir(value.text());
  case feel::Kind::list:
    return std::any_of(value.list().begin(), value.list().end(), holds_nir);
  case feel::Kind::context:
    return std::any_of(value.context().begin(), value.context().end(),
                       [](const auto &entry) { return holds_nir(entry.second); });
  default:
    return false;
  }
}

feel::Value hidden(const feel::Value &value, Journal &journal, const std::function<void(std::string_view)> &found) {
  switch (value.kind()) {
  case feel::Kind::text:
    if (const auto nir = read_nir(value.text())) {
      found(value.text());
      return journal.nir_fingerprints(nir->treize).front();
    }
    if (find_nir(value.text())) { // in the middle of a text
      found(value.text());
      return without_nir(value.text());
    }
    return value;
  case feel::Kind::list: {
    feel::List items;
    for (const feel::Value &item : value.list())
      items.push_back(hidden(item, journal, found));
    return items;
  }
  case feel::Kind::context: {
    feel::Context entries;
    for (const auto &[key, item] : value.context())
      entries.set(key, hidden(item, journal, found));
    return entries;
  }
  default:
    return value;
  }
}

} // namespace

void hide_nir(feel::Context &content, Journal &journal,
              const std::function<void(std::string_view, std::string_view)> &found) {
  // Almost none does: nothing is copied then.
  if (std::none_of(content.begin(), content.end(), [](const auto &entry) { return holds_nir(entry.second); }))
    return;
  feel::Context result;
  for (const auto &[field, value] : content)
    result.set(field, hidden(value, journal, [&, name = std::string_view(field)](std::string_view text) {
                 if (found)
                   found(name, text);
               }));
  content = std::move(result);
}

} // namespace spie::dossier
