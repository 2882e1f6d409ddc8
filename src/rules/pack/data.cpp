// Lists and budgets: donnees/*.json.
#include "rules/pack/content.hpp"

namespace spie::pack {

namespace {

// Amounts are written as decimal texts, so that no reader takes them through a double.
std::optional<feel::Number> amount(const feel::Value *value) {
  if (value == nullptr)
    return std::nullopt;
  if (value->is(feel::Kind::number))
    return value->number();
  if (value->is(feel::Kind::text))
    return feel::Number::parse(value->text());
  return std::nullopt;
}

std::optional<feel::Number> amount(const feel::Value &context, std::string_view key) {
  return context.is(feel::Kind::context) ? amount(context.context().find(key)) : std::nullopt;
}

const feel::Value *list_at(const feel::Value &context, std::string_view key) {
  if (!context.is(feel::Kind::context))
    return nullptr;
  const feel::Value *found = context.context().find(key);
  return found != nullptr && found->is(feel::Kind::list) ? found : nullptr;
}

std::optional<feel::Number> sum_of(const feel::List &lines, std::string_view key) {
  feel::Number total;
  for (const feel::Value &line : lines) {
    const auto one = amount(line, key);
    if (!one)
      return std::nullopt;
    const auto next = total.add(*one);
    if (!next)
      return std::nullopt;
    total = *next;
  }
  return total;
}

std::string label(const feel::Value &context) {
  if (context.is(feel::Kind::context))
    for (const char *key : {"libelle", "action", "id"})
      if (const feel::Value *found = context.context().find(key); found != nullptr && found->is(feel::Kind::text))
        return found->text();
  return {};
}

void check_calculation(const feel::Value &line, const std::string &where, std::vector<Diagnostic> &findings) {
  const feel::Value *calculation = line.is(feel::Kind::context) ? line.context().find("calcul") : nullptr;
  if (calculation == nullptr || !calculation->is(feel::Kind::context))
    return;
  feel::Number product(1);
  std::string shown;
  for (const char *key : {"quantite", "prix_unitaire", "periodes"}) {
    const auto factor = amount(*calculation, key);
    if (!factor)
      continue;
    const auto next = product.multiply(*factor);
    if (!next)
      return;
    product = *next;
    shown += (shown.empty() ? "" : " x ") + factor->to_string();
  }
  if (shown.empty())
    return;
  const auto written = amount(line, "montant");
  const auto expected = amount(*calculation, "attendu");
  if (written && *written != product)
    findings.push_back({Code::pack_calculation,
                        Level::warning,
                        "the amount of '" + label(line) + "' is " + written->to_string() + ", its calculation " +
                            shown + " gives " + product.to_string(),
                        where,
                        {},
                        label(line) + ", écrit " + written->to_string() + ", " + shown + " = " + product.to_string()});
  if (expected && *expected != product)
    findings.push_back({Code::pack_calculation,
                        Level::warning,
                        "the calculation " + shown + " of '" + label(line) + "' gives " + product.to_string() +
                            ", not the " + expected->to_string() + " written beside it",
                        where + "/calcul/attendu",
                        {},
                        label(line) + ", écrit " + expected->to_string() + ", " + shown + " = " + product.to_string()});
}

void check_totals(const feel::Value &document, const feel::Number &sum, const std::string &file,
                  std::vector<Diagnostic> &findings) {
  const feel::Value *totals = document.context().find("totaux");
  if (totals == nullptr)
    return;
  const auto total = amount(*totals, "total");
  if (total && *total != sum)
    findings.push_back({Code::pack_sum,
                        Level::warning,
                        "the total is written " + total->to_string() + ", its lines sum to " + sum.to_string(),
                        file + "#/totaux/total",
                        {},
                        "total écrit " + total->to_string() + ", somme des lignes " + sum.to_string()});
  const auto state = amount(*totals, "cofinancement_etat");
  const auto own = amount(*totals, "autofinancement");
  if (!total || !state || !own)
    return;
  const auto financed = state->add(*own);
  if (financed && *financed != *total)
    findings.push_back({Code::pack_sum,
                        Level::warning,
                        "the financing " + state->to_string() + " + " + own->to_string() + " is " +
                            financed->to_string() + ", not the total " + total->to_string(),
                        file + "#/totaux",
                        {},
                        state->to_string() + " + " + own->to_string() + " = " + financed->to_string() +
                            ", total écrit " + total->to_string()});
}

} // namespace

DataFile read_data(const Reader &root, const std::string &pack, const std::string &file) {
  DataFile data;
  data.file = file;
  data.pack = pack;
  data.stem = file.substr(file.find('/') + 1);
  data.stem.erase(data.stem.rfind('.'));
  data.document = root.value();
  if (!root.is_context()) // a bare list, say: data for programs
    return data;
  data.article = root.text_or_empty("article");
  if (root.has("nom") && root.has("valeurs"))
    data.input = root.text("nom");
  return data;
}

void add_labels(const feel::Value &document, std::map<std::string, std::string> &labels) {
  if (document.is(feel::Kind::list))
    for (const feel::Value &item : document.list())
      add_labels(item, labels);
  if (!document.is(feel::Kind::context))
    return;
  const feel::Value *code = document.context().find("code");
  const feel::Value *text = document.context().find("libelle");
  if (code != nullptr && text != nullptr && code->is(feel::Kind::text) && text->is(feel::Kind::text))
    labels.emplace(code->text(), text->text());
  for (const auto &[key, member] : document.context())
    if (member.is(feel::Kind::list) || member.is(feel::Kind::context))
      add_labels(member, labels);
}

void check_amounts(const DataFile &data, std::vector<Diagnostic> &findings) {
  const feel::Value *lines = list_at(data.document, "lignes");
  if (lines == nullptr)
    return;
  for (std::size_t i = 0; i < lines->list().size(); ++i) {
    const feel::Value &line = lines->list()[i];
    const std::string where = data.file + "#/lignes/" + std::to_string(i);
    check_calculation(line, where, findings);
    const feel::Value *details = list_at(line, "detail");
    if (details == nullptr || details->list().empty())
      continue;
    for (std::size_t j = 0; j < details->list().size(); ++j)
      check_calculation(details->list()[j], where + "/detail/" + std::to_string(j), findings);
    const auto written = amount(line, "montant");
    const auto sum = sum_of(details->list(), "montant");
    if (written && sum && *written != *sum)
      findings.push_back({Code::pack_sum, Level::warning,
                          "the amount of '" + label(line) + "' is " + written->to_string() + ", its details sum to " +
                              sum->to_string(),
                          where});
  }
  if (const auto sum = sum_of(lines->list(), "montant"))
    check_totals(data.document, *sum, data.file, findings);
}

} // namespace spie::pack
