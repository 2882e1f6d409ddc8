// A decision of a model, asked by a table: nulls are nulls, as on one row.
#include "rules/dmn/model_impl.hpp"
#include "rules/table/asked.hpp"
#include "rules/table/fault.hpp"

#include <utility>

namespace spie::table {

namespace {

struct Name {
  std::string_view name, model_namespace;
};

// "name", or "{namespace}name" for an input of an imported model.
Name name_of(std::string_view column) {
  const std::size_t close = column.starts_with('{') ? column.find('}') : std::string_view::npos;
  if (close == std::string_view::npos || close + 1 == column.size())
    return {column, {}};
  return {column.substr(close + 1), column.substr(1, close - 1)};
}

class ModelAsked final : public Asked {
public:
  ModelAsked(std::shared_ptr<const dmn::Decision> decision, dmn::EvaluateOptions options)
      : decision_(std::move(decision)), options_(std::move(options)) {
    options_.trace = false;
    options_.iso_texts = true; // a file of texts, a column of objects: as JSON
  }

  std::optional<Input> find(std::string_view name) const override {
    const auto [bare, model_namespace] = name_of(name);
    if (const dmn::ElementInfo *input = model().find_input(bare, model_namespace))
      return Input{std::string(name), input->type, input->slot};
    if (const dmn::ElementInfo *decision = model().find_decision(bare, model_namespace)) {
      const dmn::Element &element = dynamic_cast<const dmn::ModelImpl &>(model()).elements()[decision->slot];
      return Input{std::string(name), element.typed ? element.type : feel::Type(), decision->slot};
    }
    return std::nullopt;
  }

  std::vector<std::string> names() const override {
    std::vector<std::string> names;
    for (const dmn::ElementInfo &input : model().inputs())
      names.push_back(input.name);
    return names;
  }
  std::string why_not(std::string_view /*name*/) const override { return {}; }
  bool unknown_facts() const override { return false; }

  const dmn::Model &model() const override { return decision_->model(); }
  const dmn::ElementInfo &decision() const override { return decision_->info(); }
  std::optional<dmn::Bound> fixed(std::uint32_t /*slot*/) const override { return std::nullopt; }
  void check(const std::optional<feel::Date> & /*day*/) const override {}
  std::optional<std::string> alike(const std::optional<feel::Date> & /*day*/,
                                   columns::Request & /*request*/) const override {
    const feel::Limits usual, &own = options_.limits;
    if (own.depth < usual.depth || own.steps < usual.steps || own.list_size < usual.list_size ||
        own.text_size < usual.text_size || own.stack < usual.stack || own.bytes < usual.bytes ||
        own.result < usual.result || own.time.count() != 0)
      return "it has limits of its own";
    if (options_.facts_may_be_unknown)
      return "its facts may be unknown";
    return std::nullopt;
  }

  dmn::Result answer(ArrowFacts &facts, ArrowFacts::Node row, const std::optional<feel::Date> & /*day*/,
                     bool trace) const override {
    dmn::EvaluateOptions options = options_;
    options.trace = trace;
    if (auto slots = decision_->read(facts, row, options))
      return decision_->evaluate(*std::move(slots), options);
    std::vector<dmn::Given> given;
    const feel::Value whole = facts.whole();
    for (const auto &[key, value] : whole.context()) {
      const auto [name, model_namespace] = name_of(key);
      given.push_back({std::string(name), value, std::string(model_namespace)});
    }
    return decision_->evaluate(given, options);
  }

private:
  std::shared_ptr<const dmn::Decision> decision_;
  dmn::EvaluateOptions options_;
};

} // namespace

void evaluate(ArrowArrayStream &answer, const std::shared_ptr<const dmn::Decision> &decision, ArrowArrayStream &given,
              const Options &options, const dmn::EvaluateOptions &evaluation) {
  evaluate(answer, std::make_shared<ModelAsked>(decision, evaluation), given, options, std::nullopt);
}

} // namespace spie::table
