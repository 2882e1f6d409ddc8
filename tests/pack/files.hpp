// Small packs built in memory, and the two packs of the project.
#pragma once

#include "spie/json.hpp"
#include "spie/pack/pack.hpp"

#include <algorithm>
#include <string>
#include <vector>

#ifndef SPIE_SOURCE_DIR
#define SPIE_SOURCE_DIR "."
#endif

namespace spie::testing {

inline std::string packs_folder() { return std::string(SPIE_SOURCE_DIR) + "/packs"; }

inline std::shared_ptr<const Pack> seine_et_marne() {
  static const auto pack = Pack::load(packs_folder() + "/seine-et-marne-2022-2023");
  return pack;
}
inline std::shared_ptr<const Pack> socle() {
  static const auto pack = Pack::load(packs_folder() + "/socle-national");
  return pack;
}

inline feel::Date date(std::string_view text) { return feel::Date::parse(text).value(); }

// One decision: the aid is open from a distance on, to those without a licence.
struct SmallPack {
  std::string manifest = R"({"id": "petit", "version": "1.2.0", "titre": "Petit pack", "autorite": "Personne",
    "periode": {"debut": "2022-01-01", "fin": "2023-12-31"}, "modeles": ["aide.dmn"],
    "roles": {"aide": "aide"}, "langue": "fr"})";
  std::string articles =
      R"({"articles": [{"id": "art-1", "titre": "Article 1", "resume": "L'aide.", "place": "p. 1"}]})";
  std::string parameters = R"({"parametres": [{"nom": "seuil", "titre": "Seuil", "unite": "km", "type": "number",
    "article": "art-1", "valeurs": [{"depuis": "2022-01-01", "valeur": 10, "source": "p. 1"},
                                    {"depuis": "2023-01-01", "valeur": "5.0", "source": "p. 2"}]}]})";
  std::string model = dmn(R"(<decisionTable hitPolicy="UNIQUE">
      <input id="e1" label="Assez loin"><inputExpression typeRef="boolean"><text>distance &gt;= seuil</text></inputExpression></input>
      <input id="e2" label="Permis"><inputExpression typeRef="t_reponse"><text>permis</text></inputExpression></input>
      <output id="s1" typeRef="boolean"/>
      <annotation name="Article"/>
      <rule id="r1"><inputEntry><text>true</text></inputEntry><inputEntry><text>"non"</text></inputEntry>
        <outputEntry><text>true</text></outputEntry><annotationEntry><text>art-1</text></annotationEntry></rule>
      <rule id="r2"><inputEntry><text>true</text></inputEntry><inputEntry><text>"oui"</text></inputEntry>
        <outputEntry><text>false</text></outputEntry><annotationEntry><text>art-1</text></annotationEntry></rule>
      <rule id="r3"><inputEntry><text>false</text></inputEntry><inputEntry><text>-</text></inputEntry>
        <outputEntry><text>false</text></outputEntry><annotationEntry><text>art-1</text></annotationEntry></rule>
    </decisionTable>)");
  std::string cases = R"({"cas": [{"nom": "loin", "decision": "aide", "as_of": "2022-06-01",
    "faits": {"distance": 10, "permis": "non"}, "attendu": {"statut": "determine", "valeur": true, "articles": ["art-1"]}}]})";
  Pack::Files more;

  // The logic of 'aide' inside its model; `inputs` adds input data.
  static std::string dmn(const std::string &logic, const std::string &inputs = {},
                         const std::string &requirements = {}) {
    return R"(<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="m" name="aide" namespace="urn:aide">
  <itemDefinition name="t_reponse"><typeRef>string</typeRef>
    <allowedValues><text>"oui", "non", "non_aborde", "refuse", "ne_sait_pas"</text></allowedValues></itemDefinition>
  <itemDefinition name="t_trajet"><itemComponent name="depart"><typeRef>date</typeRef></itemComponent>
    <itemComponent name="duree"><typeRef>days and time duration</typeRef></itemComponent></itemDefinition>
  <inputData id="i1" name="distance" label="Distance"><variable name="distance" typeRef="number"/></inputData>
  <inputData id="i2" name="permis" label="Permis B"><variable name="permis" typeRef="t_reponse"/></inputData>
  <inputData id="i3" name="seuil"><variable name="seuil" typeRef="number"/></inputData>
  )" + inputs +
           R"(
  <decision id="d1" name="aide" label="Aide"><variable name="aide" typeRef="boolean"/>
    <informationRequirement><requiredInput href="#i1"/></informationRequirement>
    <informationRequirement><requiredInput href="#i2"/></informationRequirement>
    <informationRequirement><requiredInput href="#i3"/></informationRequirement>
    )" + requirements +
           logic + R"(
  </decision>
</definitions>)";
  }

  Pack::Files files() const {
    Pack::Files all{{"pack.json", manifest},
                    {"articles.json", articles},
                    {"parametres.json", parameters},
                    {"aide.dmn", model},
                    {"cas/aide.json", cases}};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }
  std::shared_ptr<const Pack> load(const std::vector<std::shared_ptr<const Pack>> &bases = {}) const {
    return Pack::from_files(files(), bases);
  }
};

// Replaces one text of a file, which must be there.
inline std::string with(std::string text, std::string_view old, std::string_view replacement) {
  const auto at = text.find(old);
  if (at == std::string::npos)
    throw std::logic_error("not in the text: " + std::string(old));
  return text.replace(at, old.size(), replacement);
}

// "P002 error at pack.json#/id", one a line.
inline std::string short_list(const std::vector<Diagnostic> &findings) {
  std::string list;
  for (const Diagnostic &finding : findings)
    list += (list.empty() ? "" : "\n") + std::string(text(finding.code)) + ' ' + std::string(text(finding.level)) +
            " at " + finding.where;
  return list;
}

// What the load or the evaluation is refused for.
template <typename Action> std::string refusal(Action action) {
  try {
    action();
    return "accepted";
  } catch (const Error &error) {
    return short_list(error.diagnostics());
  }
}

} // namespace spie::testing
