#include "spie/droits/droits.hpp"

#include "insertion/dossier/chemin.hpp"

#include <algorithm>
#include <array>

namespace spie::droits {

namespace {

constexpr std::array<std::string_view, 3> traitements{"retenu", "grossi", "clair"};

template <class Items> auto named(const Items &items, std::string_view name) noexcept {
  const auto found = std::find_if(items.begin(), items.end(), [&](const auto &item) { return item.nom == name; });
  return found == items.end() ? nullptr : &*found;
}

// How precisely a pattern names a fact; 0 when it does not.
int precision(std::string_view pattern, std::string_view type, std::string_view key, std::string_view field) {
  if (!pattern.starts_with(type))
    return 0;
  pattern.remove_prefix(type.size());
  if (pattern.empty())
    return 1;
  if (pattern.front() == '[')
    return pattern.ends_with(']') && pattern.substr(1, pattern.size() - 2) == key ? 2 : 0;
  return pattern.front() == '.' && pattern.substr(1) == field ? 3 : 0;
}

// A code whose list the type does not give.
bool open(const dossier::Champ &field) { return field.nature == dossier::Nature::code && field.valeurs.empty(); }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool has_form(std::string_view code, std::string_view form) {
  if (form.empty())
    return code.empty();
  const char first = form.front();
  form.remove_prefix(1);
  if (first == '#') {
    std::size_t digits = 0;
    while (digits < code.size() && digits < 20 && is_digit(code[digits]))
      ++digits;
    for (; digits > 0; --digits)
      if (has_form(code.substr(digits), form))
        return true;
    return false;
  }
  if (code.empty())
    return false;
  const char c = code.front();
  const bool fits = first == '9' ? is_digit(c) : first == 'A' ? is_digit(c) || (c >= 'A' && c <= 'Z') : c == first;
  return fits && has_form(code.substr(1), form);
}

// Whether a value of the field is a free text: `known` says whether all of it stands in the list of its codes.
template <class Known>
bool is_free(const Droits &rights, std::string_view type, std::string_view champ, const Known &known) {
  const dossier::TypeContenu *found = dossier::find_type(type);
  const dossier::Champ *one = found == nullptr ? nullptr : dossier::find_champ(*found, champ);
  if (one == nullptr || !open(*one))
    return rights.texte_libre(type, champ);
  const dossier::NomChamp name(type, champ);
  if (rights.declasses.contains(name.text()))
    return rights.texte_libre(type, champ);
  if (rights.numeros.contains(name.text())) // a rank stands for it
    return false;
  const auto list = rights.codes.find(name.text());
  return !known(list == rights.codes.end() ? nullptr : &list->second);
}

} // namespace

std::string_view text(Traitement traitement) noexcept { return traitements[static_cast<std::size_t>(traitement)]; }

std::string text(const Cellule &cell) {
  const std::string without(text(cell.sans));
  return cell.sans == cell.avec ? without : without + "/" + std::string(text(cell.avec));
}

std::optional<Cellule> cellule_of(std::string_view text) {
  const auto one = [](std::string_view word) -> std::optional<Traitement> {
    const auto found = std::find(traitements.begin(), traitements.end(), word);
    return found == traitements.end() ? std::nullopt
                                      : std::optional(static_cast<Traitement>(found - traitements.begin()));
  };
  const std::size_t bar = text.find('/');
  const auto without = one(text.substr(0, bar));
  const auto with = bar == std::string_view::npos ? without : one(text.substr(bar + 1));
  if (!without || !with || *with < *without)
    return std::nullopt;
  return Cellule{*without, *with};
}

const Role *Droits::role(std::string_view nom) const noexcept { return named(roles, nom); }
const Finalite *Droits::finalite(std::string_view nom) const noexcept { return named(finalites, nom); }
const Famille *Droits::famille(std::string_view nom) const noexcept { return named(familles, nom); }

const Ligne *Droits::ligne(std::string_view role, std::string_view finalite) const noexcept {
  const auto found = std::find_if(matrice.begin(), matrice.end(),
                                  [&](const Ligne &line) { return line.role == role && line.finalite == finalite; });
  return found == matrice.end() ? nullptr : &*found;
}

std::vector<const Habilitation *> Droits::habilitations_of(std::string_view act) const {
  std::vector<const Habilitation *> found;
  for (const Habilitation &one : habilitations)
    if (one.acte == act)
      found.push_back(&one);
  return found;
}

std::vector<const Habilitation *> Droits::habilitations_of(std::string_view type, std::string_view etape) const {
  const auto has = [](const std::vector<std::string> &names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  std::vector<const Habilitation *> found;
  for (const Habilitation &one : habilitations)
    if (has(one.types, type) && (one.etapes.empty() || etape.empty() || has(one.etapes, etape)))
      found.push_back(&one);
  return found;
}

const Famille *Droits::famille_of(std::string_view type, std::string_view cle, std::string_view champ) const noexcept {
  const Famille *best = nullptr;
  int most = 0;
  for (const Famille &family : familles)
    for (const std::string &pattern : family.faits)
      if (const int found = precision(pattern, type, cle, champ); found > most) {
        best = &family;
        most = found;
      }
  return best;
}

bool Droits::sensible(std::string_view type, std::string_view champ) const noexcept {
  return types_sensibles.contains(type) || champs_sensibles.contains(dossier::NomChamp(type, champ).text());
}

bool Codes::has(std::string_view code) const noexcept {
  return codes.contains(code) ||
         std::any_of(formes.begin(), formes.end(), [&](const std::string &form) { return has_form(code, form); });
}

bool Droits::texte_libre(std::string_view type, std::string_view champ) const noexcept {
  const dossier::TypeContenu *found = dossier::find_type(type);
  if (found == nullptr)
    return true;
  const dossier::Champ *one = dossier::find_champ(*found, champ);
  if (one == nullptr || (one->nature != dossier::Nature::texte && !open(*one)))
    return false;
  const dossier::NomChamp name(type, champ);
  return !declasses.contains(name.text()) && (one->nature == dossier::Nature::texte || !codes.contains(name.text()));
}

bool Droits::texte_libre(std::string_view type, std::string_view champ, const feel::Value &valeur) const {
  return is_free(*this, type, champ, [&](const Codes *list) {
    const auto known = [&](const feel::Value &code) {
      return code.is_null() || (code.is(feel::Kind::text) && list != nullptr && list->has(code.text()));
    };
    return valeur.is(feel::Kind::list) ? std::ranges::all_of(valeur.list(), known) : known(valeur);
  });
}

bool Droits::cle_libre(std::string_view type, std::string_view cle) const {
  const dossier::TypeContenu *found = dossier::find_type(type);
  if (found != nullptr)
    for (const auto &part : dossier::key_parts(*found, cle))
      if (is_free(*this, type, part.first,
                  [&](const Codes *list) { return list != nullptr && list->has(part.second); }))
        return true;
  return false;
}

std::string Droits::tranche(feel::Date naissance, feel::Date au) const {
  for (const Tranche &band : tranches) {
    // Born on 29 February, one is a year older on 1 March.
    const auto limit = band.moins_de ? naissance.plus_months(12 * *band.moins_de) : std::nullopt;
    const auto birthday = limit && limit->civil().day != naissance.civil().day ? limit->plus_days(1) : limit;
    if (!band.moins_de || (birthday && au < *birthday))
      return band.titre;
  }
  return {};
}

} // namespace spie::droits
