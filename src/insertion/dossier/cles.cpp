#include "insertion/dossier/cles.hpp"
#include "insertion/dossier/noms.hpp"
#include "insertion/text_of.hpp"

#include <algorithm>
#include <cstdlib>
#include <initializer_list>
#include <memory>
#include <new>
#include <utf8proc.h>

namespace spie::dossier {

namespace {

// Letters that have no decomposition into a letter and an accent.
std::string_view ligature(char32_t letter) {
  switch (letter) {
  case U'œ':
    return "oe";
  case U'æ':
    return "ae";
  case U'ø':
    return "o";
  case U'ł':
    return "l";
  case U'đ':
    return "d";
  default:
    return {};
  }
}

void identity_keys(const feel::Context &content, std::vector<Cle> &keys) {
  const std::string first_name = text_of(content, "prenom");
  const feel::Value *birth = content.find("date_naissance");
  const bool dated = birth != nullptr && birth->is(feel::Kind::date) && !first_name.empty();
  const auto add = [&](const char *kind, std::string value) {
    if (std::none_of(keys.begin(), keys.end(),
                     [&](const Cle &known) { return known.genre == kind && known.valeur == value; }))
      keys.push_back({kind, std::move(value)});
  };
  for (const char *field : {"nom", "nom_naissance"}) {
    const std::string surname = text_of(content, field);
    for (const std::string &form : name_forms(surname)) {
      add("nom", form);
      if (dated)
        add("noms", names_key(form, first_name, birth->date()));
    }
    if (dated)
      for (const std::string &part : name_parts(surname))
        add("noms", names_key(cut_name + part, first_name, birth->date()));
  }
}

void structure_keys(const feel::Context &content, std::vector<Cle> &keys) {
  if (std::string siret = text_of(content, "siret"); !siret.empty())
    keys.push_back({"siret", std::move(siret)});
  keys.push_back({"nom_structure", normalized_name(text_of(content, "nom"))});
}

void links(std::initializer_list<const char *> fields, const feel::Context &content, std::vector<Cle> &keys) {
  for (const char *field : fields)
    if (std::string to = text_of(content, field); !to.empty())
      keys.push_back({"lien", std::move(to)});
}

} // namespace

std::string normalized_name(std::string_view name) {
  utf8proc_uint8_t *folded = nullptr;
  const auto options = static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_STRIPMARK |
                                                      UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
  const utf8proc_ssize_t size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t *>(name.data()),
                                             static_cast<utf8proc_ssize_t>(name.size()), &folded, options);
  if (size == UTF8PROC_ERROR_NOMEM)
    throw std::bad_alloc();
  if (size < 0)
    return {}; // not UTF-8: names are checked where they are read
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owned(folded, &std::free);
  std::string result;
  const auto put = [&](char c) {
    if (c >= 'a' && c <= 'z')
      result += static_cast<char>(c - 'a' + 'A');
    else if (c >= '0' && c <= '9')
      result += c;
    else if (!result.empty() && result.back() != ' ')
      result += ' ';
  };
  for (utf8proc_ssize_t at = 0; at < size;) {
    utf8proc_int32_t letter = 0;
    const utf8proc_ssize_t length = utf8proc_iterate(folded + at, size - at, &letter);
    if (length <= 0)
      break;
    if (length == 1)
      put(static_cast<char>(letter));
    else if (const std::string_view plain = ligature(static_cast<char32_t>(letter)); !plain.empty())
      for (const char c : plain)
        put(c);
    else if (utf8proc_category(letter) >= UTF8PROC_CATEGORY_LU && utf8proc_category(letter) <= UTF8PROC_CATEGORY_LO)
      result.append(reinterpret_cast<const char *>(folded + at), static_cast<std::size_t>(length)); // another script
    else
      put(' ');
    at += length;
  }
  while (!result.empty() && result.back() == ' ')
    result.pop_back();
  return result;
}

std::string names_key(std::string_view form, std::string_view first_names, feel::Date birth) {
  return std::string(form) + "|" + first_first_name(first_names) + "|" + birth.to_string();
}

std::vector<Cle> keys_of(const Evenement &event) {
  std::vector<Cle> keys;
  if (event.type == "rattachement")
    keys.push_back({"source", event.source.nom + "|" + text_of(event.contenu, "cle")});
  else if (event.type == "identifiant")
    keys.push_back({text_of(event.contenu, "genre"), text_of(event.contenu, "valeur")});
  else if (event.type == "import")
    keys.push_back({"document", text_of(event.contenu, "document")});
  else if (event.type == "structure")
    structure_keys(event.contenu, keys);
  else if (event.type == "identite")
    identity_keys(event.contenu, keys);
  else if (event.type == "referent" || event.type == "membre") // whom somebody follows is found from him
    links({"professionnel", "structure"}, event.contenu, keys);
  else if (event.type == "relais")
    links({"de", "vers"}, event.contenu, keys);
  else if (event.type == "saisine")
    links({"instance"}, event.contenu, keys);
  else if (event.type == "siege") // where somebody sits; of an instance, no person: it is another kind
    keys.push_back({"siege", text_of(event.contenu, "professionnel")});
  if (!event.acte.empty()) // undone by its name alone
    keys.push_back({"acte", event.acte});
  if (event.type == "decision_donnees" && text_of(event.contenu, "etape") == "acceptee")
    keys.push_back({"decision", "acceptee"});
  return keys;
}

} // namespace spie::dossier
