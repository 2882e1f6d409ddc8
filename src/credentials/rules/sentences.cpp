#include "credentials/rules/sentences.hpp"

#include "text/words.hpp"

namespace spie::credentials::rules {
namespace {

std::string cut(std::string_view word) { return shortened(word, 60); }

} // namespace

Sentences missing(std::string_view name, const Words &of) {
  return {{fr(name) + " manque : " + of.fr + " doit l’avoir", en(name) + " is missing: " + of.en + " must have it"},
          {"Ajouter " + fr(name), "Add " + en(name)}};
}

Sentences null_value() {
  return {{"une valeur est nulle, ce que le format interdit", "a value is null, which the format forbids"},
          {"Retirer la clé", "Remove the key"}};
}

Sentences empty_array() {
  return {{"une liste est vide, ce que le format interdit", "an array is empty, which the format forbids"},
          {"Retirer la clé", "Remove the key"}};
}

Sentences unknown_term(std::string_view name) {
  return {{"aucun contexte du badge ne définit " + fr(cut(name)), "no context of the badge defines " + en(cut(name))},
          {"Retirer ce terme, ou en prendre un que les contextes définissent",
           "Remove the term, or take one that the contexts define"}};
}

Sentences unknown_type(std::string_view name) {
  return {{"aucun contexte du badge ne définit le type " + fr(cut(name)),
           "no context of the badge defines the type " + en(cut(name))},
          {"Prendre un type que les contextes définissent", "Take a type that the contexts define"}};
}

Sentences respelled(std::string_view name) {
  return {{fr(cut(name)) + " n’est pas un terme en forme courte", en(cut(name)) + " is not a term in its compact form"},
          {"Écrire chaque terme comme les contextes le nomment", "Write each term as the contexts name it"}};
}

Sentences closed(std::string_view name, std::string_view of) {
  return {{std::string(of) + " n’a pas de champ " + fr(cut(name)), std::string(of) + " has no field " + en(cut(name))},
          {"Retirer le champ", "Remove the field"}};
}

Sentences several(std::string_view name) {
  return {{fr(name) + " n’admet qu’une valeur", en(name) + " takes one value only"},
          {"N’en garder qu’une, hors de toute liste", "Keep one, outside any array"}};
}

Sentences form(std::string_view name, std::string_view in_french, std::string_view in_english) {
  return {{fr(name) + " doit être " + std::string(in_french), en(name) + " must be " + std::string(in_english)},
          {"Écrire " + std::string(in_french), "Write " + std::string(in_english)}};
}

Sentences must_be(const Words &what, std::string_view in_french, std::string_view in_english) {
  return {{what.fr + " doit être " + std::string(in_french), what.en + " must be " + std::string(in_english)},
          {"Écrire " + std::string(in_french), "Write " + std::string(in_english)}};
}

Sentences type_lacks(std::string_view name, std::string_view expected) {
  return {{"le type de " + fr(name) + " ne comprend pas " + fr(expected),
           "the type of " + en(name) + " does not include " + en(expected)},
          {"Ajouter " + fr(expected) + " à ses types", "Add " + en(expected) + " to its types"}};
}

Sentences not_among(std::string_view name, std::string_view value, bool extensible) {
  return {
      {fr(name) + " n’admet pas la valeur " + fr(cut(value)), en(name) + " does not take the value " + en(cut(value))},
      {std::string("Prendre une valeur de la liste du format") +
           (extensible ? ", ou une qui commence par « ext: »" : ""),
       std::string("Take a value of the list of the format") + (extensible ? ", or one that starts with 'ext:'" : "")}};
}

} // namespace spie::credentials::rules
