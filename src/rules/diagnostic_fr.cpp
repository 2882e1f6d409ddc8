#include "spie/diagnostic_fr.hpp"

#include <array>
#include <utility>

namespace spie {

namespace {

struct French {
  Code code;
  std::string_view meaning;
  std::string_view remedy;
};

constexpr std::array registry{
#define SPIE_CODE_FR(name, meaning, remedy) French{Code::name, meaning, remedy},
#include "spie/diagnostic_codes_fr.inc"
#undef SPIE_CODE_FR
};

constexpr Code codes[] = {
#define SPIE_CODE(name, text, meaning, remedy) Code::name,
#include "spie/diagnostic_codes.inc"
#undef SPIE_CODE
};

constexpr bool in_order() {
  for (std::size_t i = 0; i < registry.size(); ++i)
    if (registry[i].code != static_cast<Code>(i))
      return false;
  return registry.size() == std::size(codes);
}
static_assert(in_order(), "every code has its French, in the order of the registry");

const French &entry(Code code) noexcept {
  const auto index = static_cast<std::size_t>(code);
  return registry[index < registry.size() ? index : static_cast<std::size_t>(Code::api_internal)];
}

struct Remede {
  std::string_view anglais, francais;
};
constexpr std::array remedes{
#define SPIE_RAISON(name, message, remedy, raison, remede) Remede{remedy, remede},
#include "rules/raisons.inc"
#undef SPIE_RAISON
};

// What to do about this refusal alone, where its reason says so; else what its code says.
std::string remede_of(const Diagnostic &diagnostic) {
  if (diagnostic.code == Code::path_step)
    for (const Remede &one : remedes)
      if (one.anglais == diagnostic.remedy)
        return std::string(one.francais);
  return std::string(remedy_fr(diagnostic.code));
}

// The readers of ledgers answer those who keep them: what they say is French already.
bool says_it_in_french(Code code) noexcept { return text(code).front() == 'C'; }

// The limit of which a message speaks, by the name that the command line gives it.
std::string_view limit_in(std::string_view message) noexcept {
  static constexpr std::pair<std::string_view, std::string_view> words[]{
      {" ms", "millisecondes"}, {" steps", "nombre de pas"},        {" bytes", "octets"},
      {" item", "éléments"},    {"too long", "éléments"},           {" elements", "éléments"},
      {" files", "éléments"},   {" columns", "éléments"},           {"deep", "profondeur"},
      {"nested", "profondeur"}, {"call one another", "profondeur"},
  };
  for (const auto &[word, name] : words)
    if (message.find(word) != std::string_view::npos)
      return name;
  return {};
}

// Of a load: whatever its code says of a document, this one is but too much for it.
bool is_beyond_a_load(const Diagnostic &diagnostic) noexcept {
  return diagnostic.remedy.starts_with("Split the document, or raise the limit `");
}

constexpr std::string_view meant = "did you mean '";

bool ends_a_word(std::string_view text, std::size_t at) noexcept {
  return at == text.size() || std::string_view(" ,.;:?!)").find(text[at]) != std::string_view::npos;
}

// Where the next words in quotes stand, quotes aside; an apostrophe inside a word is none.
std::string_view next_quoted(std::string_view text, std::size_t &from) noexcept {
  for (; from < text.size(); ++from) {
    if (text[from] != '\'' || (from > 0 && text[from - 1] != ' ' && text[from - 1] != '('))
      continue;
    for (std::size_t end = text.find('\'', from + 1); end != std::string_view::npos; end = text.find('\'', end + 1))
      if (ends_a_word(text, end + 1)) {
        const std::string_view found = text.substr(from + 1, end - from - 1);
        from = end + 1;
        return found;
      }
    break;
  }
  from = text.size();
  return {};
}

std::string quoted(std::string_view text) {
  std::string words;
  for (std::size_t from = 0; from < text.size();)
    if (const std::string_view found = next_quoted(text, from); !found.empty())
      words.append(words.empty() ? "" : ", ").append(found);
  return words;
}

} // namespace

EnFrancais en_francais(const Diagnostic &diagnostic) {
  const std::string_view message = diagnostic.message;
  const std::size_t near = message.rfind(meant);
  std::size_t from = near == std::string_view::npos ? message.size() : near + meant.size() - 1;
  EnFrancais result{std::string(meaning_fr(diagnostic.code)), remede_of(diagnostic), diagnostic.details,
                    diagnostic.suggestion};
  if (result.suggestion.empty())
    result.suggestion = next_quoted(message, from);
  if (is_beyond_a_load(diagnostic)) {
    const std::string_view limit = limit_in(diagnostic.message);
    return {"la lecture dépasse une limite",
            "couper le document, ou relever cette limite de sa lecture",
            std::string(limit),
            {}};
  }
  if (diagnostic.code == Code::feel_limit && result.details.empty())
    result.details = limit_in(message);
  if (diagnostic.code == Code::table_column && message.starts_with("the table has no column")) {
    result.phrase = "la table n'a pas la colonne demandée"; // the other way round
    result.remede = "corriger le nom, ou ajouter la colonne";
  }
  if (says_it_in_french(diagnostic.code)) {
    result.phrase = message.empty() ? result.phrase : std::string(message);
    result.remede = diagnostic.remedy.empty() ? result.remede : diagnostic.remedy;
  } else if (const std::size_t missing = message.find("' was expected");
             missing != std::string_view::npos && message.starts_with('\'') && result.suggestion.empty()) {
    result.suggestion = message.substr(1, missing - 1); // what is not there is no word at fault
  } else if (result.details.empty()) {
    result.details = quoted(message.substr(0, near));
    if (result.details.empty() && message.starts_with('`')) // the operation or the function: `round up`: 1 argument…
      result.details = message.substr(1, message.find('`', 1) - 1);
  }
  return result;
}

std::string_view meaning_fr(Code code) noexcept { return entry(code).meaning; }
std::string_view remedy_fr(Code code) noexcept { return entry(code).remedy; }

} // namespace spie
