// What a model lists, as tables: its JSON, its classes in Python (spie.dmn) and its schemas
// (docs/schemas/resultats/dmn.*.json).
#pragma once

#include "rules/record/record.hpp"
#include "spie/dmn/model.hpp"

namespace spie::record {

// The values that a type lists; nullopt when it does not.
inline std::optional<feel::List> allowed_values(const feel::Type &type) {
  const feel::Constraint *constraint = type.constraint();
  feel::List values = constraint == nullptr ? feel::List() : constraint->enumerated();
  return values.empty() ? std::nullopt : std::optional(std::move(values));
}

template <> struct Table<dmn::ElementInfo> {
  using Record = dmn::ElementInfo;
  static constexpr Title title{"Element", "dmn",
                               "An input, a decision, a business knowledge model or a decision service."};
  static constexpr std::tuple fields{
      Field{"nom", &Record::name, {}, 0, "name"},
      Field{"libelle", &Record::label, "Its label, else its name.", 0, "label"},
      Field{"description", &Record::description},
      Field{"question", &Record::question},
      Field{"id", &Record::id},
      Field{"fichier", &Record::file, {}, 0, "file"},
      Field{"espace", &Record::model_namespace, {}, 0, "namespace"},
      Field{"type", [](const Record &element) { return element.type.to_string(); }},
      Field{"valeurs", [](const Record &element) { return allowed_values(element.type); },
            "The values that its type allows, where it lists them.", 0, "allowed"},
      Field{"sources", &Record::authorities, "Its knowledge sources."},
      Field{"table", &Record::has_table, "A table stands somewhere in its logic.", 0, "has_table"},
  };
};

template <> struct Table<dmn::FactInfo> {
  using Record = dmn::FactInfo;
  static constexpr Title title{"Fact", "dmn", "A fact that a decision may read."};
  static constexpr std::tuple fields{
      Field{"chemin", &Record::path, "\"freins[].code\" is a member of each item of a list.", 0, "path"},
      Field{"libelle", &Record::label, {}, 0, "label"},
      Field{"description", &Record::description},
      Field{"type", [](const Record &fact) { return fact.type.to_string(); }},
      Field{"valeurs", [](const Record &fact) { return allowed_values(fact.type); },
            "The values that its type allows, where it lists them.", 0, "allowed"},
  };
};

} // namespace spie::record
