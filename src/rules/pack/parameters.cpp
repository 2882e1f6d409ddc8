#include "rules/pack/content.hpp"

#include <algorithm>
#include <unordered_set>

namespace spie::pack {

namespace {

template <typename T> std::optional<feel::Value> from_text(const std::string &text) {
  if (const auto value = T::parse(text))
    return feel::Value(*value);
  return std::nullopt;
}

ParameterValue read_value(const Reader &place, const PackParameter &parameter) {
  place.keys({"depuis", "valeur", "source", "note", "seconde_main"});
  ParameterValue result;
  result.depuis = place.date("depuis").value_or(feel::Date{});
  result.source = place.text_or_empty("source");
  if (place.has("note") && place.at("note").value().is(feel::Kind::text))
    result.note = place.at("note").value().text();
  result.article = parameter.article;
  if (place.has("seconde_main")) {
    const Reader marked = place.at("seconde_main");
    if (marked.value().is(feel::Kind::boolean))
      result.seconde_main = marked.value().boolean();
    else
      marked.fault("'seconde_main' is true or false");
  }
  const Reader written = place.at("valeur");
  if (auto value = parameter_value(written.value(), parameter.type))
    result.valeur = std::move(*value);
  else
    written.fault("the value of '" + parameter.nom + "' is not of type " + parameter.type, Code::pack_parameter_type);
  return result;
}

void read_readings(const Reader &list, PackParameter &parameter) {
  for (std::size_t i = 0; i < list.size(); ++i) {
    const Reader item = list.item(i);
    item.keys({"valeur", "sens", "libelles"});
    const Reader written = item.at("valeur");
    auto value = parameter_value(written.value(), parameter.type);
    if (!value) {
      written.fault("the reading of '" + parameter.nom + "' is not of type " + parameter.type,
                    Code::pack_parameter_type);
      continue;
    }
    ParameterReading reading{std::move(*value), item.text("sens"), {}};
    if (item.has("libelles")) {
      const Reader labels = item.at("libelles");
      if (labels.is_context())
        for (const auto &[code, said] : labels.value().context())
          reading.libelles.emplace_back(code, labels.member(code, said).as_text());
      else
        labels.fault("an object of labels by code is expected");
    }
    parameter.lectures.push_back(std::move(reading));
  }
}

PackParameter read_parameter(const Reader &item, const std::string &pack) {
  item.keys({"nom", "titre", "unite", "type", "article", "lu_au", "valeurs", "lectures"});
  PackParameter parameter;
  parameter.nom = item.text("nom");
  parameter.titre = item.text("titre");
  parameter.unite = item.text_or_empty("unite");
  parameter.type = item.text("type");
  parameter.article = item.text_or_empty("article"); // its absence is a finding of check, not of the load
  parameter.lu_au = item.text_or_empty("lu_au");
  parameter.pack = pack;
  if (!parameter.type.empty() && !feel::Type::named(parameter.type)) {
    item.at("type").fault("'" + parameter.type + "' is not a FEEL type", Code::pack_parameter_type);
    return parameter;
  }
  const Reader values = item.at("valeurs");
  const std::size_t count = values.size();
  for (std::size_t i = 0; i < count; ++i)
    parameter.valeurs.push_back(read_value(values.item(i), parameter));
  if (count == 0)
    values.fault("the parameter '" + parameter.nom + "' has no value");
  std::stable_sort(parameter.valeurs.begin(), parameter.valeurs.end(),
                   [](const auto &a, const auto &b) { return a.depuis < b.depuis; });
  for (std::size_t i = 1; i < parameter.valeurs.size(); ++i)
    if (parameter.valeurs[i].depuis == parameter.valeurs[i - 1].depuis)
      values.fault("the parameter '" + parameter.nom + "' has two values that take effect on " +
                       parameter.valeurs[i].depuis.to_string(),
                   Code::pack_duplicate);
  if (item.has("lectures")) {
    read_readings(item.at("lectures"), parameter);
    for (const ParameterValue &value : parameter.valeurs)
      if (!value.valeur.is_null() && !parameter_allows(parameter, value.valeur))
        values.fault("the value " + value.valeur.to_feel() + " of '" + parameter.nom + "' is not one of its readings",
                     Code::pack_parameter_type);
  }
  return parameter;
}

} // namespace

std::optional<feel::Value> parameter_value(const feel::Value &value, const std::string &type) {
  const auto named = feel::Type::named(type);
  if (!named || value.is_null())
    return std::nullopt;
  if (value.is(feel::Kind::text)) {
    switch (named->kind()) {
    case feel::Type::Kind::number:
      return from_text<feel::Number>(value.text());
    case feel::Type::Kind::date:
      return from_text<feel::Date>(value.text());
    case feel::Type::Kind::time:
      return from_text<feel::Time>(value.text());
    case feel::Type::Kind::date_time:
      return from_text<feel::DateTime>(value.text());
    case feel::Type::Kind::days_duration:
      return from_text<feel::DaysDuration>(value.text());
    case feel::Type::Kind::months_duration:
      return from_text<feel::MonthsDuration>(value.text());
    default:
      break;
    }
  }
  if (!feel::is_instance(value, *named))
    return std::nullopt;
  return value;
}

bool parameter_allows(const PackParameter &parameter, const feel::Value &value) {
  return parameter.lectures.empty() ||
         std::any_of(parameter.lectures.begin(), parameter.lectures.end(),
                     [&](const auto &reading) { return feel::identical(reading.valeur, value); });
}

std::vector<PackParameter> read_parameters(const Reader &root, const std::string &pack) {
  std::vector<PackParameter> parameters;
  root.keys({"parametres"});
  const Reader list = root.at("parametres");
  if (list.value().is_null())
    return parameters;
  std::unordered_set<std::string> names;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const Reader item = list.item(i);
    PackParameter parameter = read_parameter(item, pack);
    if (!parameter.nom.empty() && !names.insert(parameter.nom).second)
      item.at("nom").fault("the parameter '" + parameter.nom + "' stands twice", Code::pack_duplicate);
    parameters.push_back(std::move(parameter));
  }
  return parameters;
}

} // namespace spie::pack
