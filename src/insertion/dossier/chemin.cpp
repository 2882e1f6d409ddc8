#include "insertion/dossier/chemin.hpp"

#include <algorithm>

namespace spie::dossier {

namespace {

constexpr std::string_view household = "foyer.";
constexpr std::string_view steps = "etapes"; // of a thing that has steps: their list, which no single event holds

std::string joined(std::string_view a, std::string_view b) { return std::string(a) + "." + std::string(b); }

} // namespace

const Champ *find_champ(const TypeContenu &type, std::string_view nom) noexcept {
  const auto found =
      std::find_if(type.champs.begin(), type.champs.end(), [&](const Champ &field) { return field.nom == nom; });
  return found == type.champs.end() ? nullptr : &*found;
}

NomChamp::NomChamp(std::string_view type, std::string_view champ) : size_(type.size() + 1 + champ.size()) {
  if (size_ > held_.size()) {
    long_ = joined(type, champ);
    return;
  }
  char *const dot = std::ranges::copy(type, held_.data()).out;
  *dot = '.';
  std::ranges::copy(champ, dot + 1);
}

std::vector<std::pair<std::string_view, std::string_view>> key_parts(const TypeContenu &type, std::string_view cle) {
  std::vector<std::pair<std::string_view, std::string_view>> parts;
  for (std::string_view fields = type.cle; !fields.empty();) {
    const std::string_view field = fields.substr(0, fields.find(' '));
    const bool last = field.size() == fields.size();
    const std::string_view part = last ? cle : cle.substr(0, cle.find('/'));
    parts.emplace_back(field, part);
    fields.remove_prefix(std::min(field.size() + 1, fields.size()));
    cle.remove_prefix(std::min(part.size() + 1, cle.size()));
  }
  return parts;
}

std::optional<Chemin> Chemin::parse(std::string_view text) {
  Chemin path;
  path.du_foyer = text.starts_with(household);
  if (path.du_foyer)
    text.remove_prefix(household.size());
  const std::size_t dot = std::min(text.find('.'), text.size());
  path.type = find_type(text.substr(0, dot));
  if (path.type == nullptr)
    return std::nullopt;
  text.remove_prefix(std::min(dot + 1, text.size()));
  const std::size_t last = text.rfind('.');
  const std::string_view word = text.substr(last + 1); // npos + 1 is the beginning
  if (find_champ(*path.type, word) != nullptr || (path.type->cardinalite == Cardinalite::etapes && word == steps)) {
    path.champ = word;
    text = last == std::string_view::npos ? std::string_view() : text.substr(0, last);
  }
  path.cle = text;
  return path;
}

std::optional<Chemin> Chemin::of(std::string_view type, std::string_view cle, std::string_view champ) {
  const TypeContenu *found = find_type(type);
  if (found == nullptr)
    return std::nullopt;
  return Chemin{found->genre == Genre::foyer, found, std::string(cle), std::string(champ)};
}

Chemin Chemin::of(const Fait &fait) { return {fait.du_foyer, find_type(fait.type), fait.cle, fait.champ}; }

std::string Chemin::join(bool du_foyer, const TypeContenu &type, std::string_view cle, std::string_view champ) {
  std::string text;
  text.reserve((du_foyer ? household.size() : 0) + type.nom.size() + cle.size() + champ.size() + 2);
  if (du_foyer)
    text += household;
  text += type.nom;
  for (const std::string_view part : {cle, champ})
    if (!part.empty())
      (text += '.') += part;
  return text;
}

std::string Chemin::to_string() const { return join(du_foyer, *type, cle, champ); }

bool Chemin::has_key(std::string_view other) const noexcept {
  return cle.empty() || other == cle || (other.starts_with(cle) && other[cle.size()] == '/');
}

std::vector<std::string> Chemin::noms() const {
  return {joined(type->nom, champ), joined(type->nom, cle), joined(joined(type->nom, cle), champ)};
}

} // namespace spie::dossier
