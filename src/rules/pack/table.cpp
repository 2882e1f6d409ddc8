// A decision of a pack, asked by a table.
#include "spie/pack/table.hpp"

#include "rules/dmn/admission.hpp"
#include "rules/pack/content.hpp"
#include "rules/pack/pack_impl.hpp"
#include "rules/table/asked.hpp"
#include "rules/table/fault.hpp"

#include <algorithm>
#include <utility>

namespace spie {

namespace pack {

namespace {

class PackAsked final : public table::Asked {
public:
  PackAsked(std::shared_ptr<const PackDecision> decision, const PackTableOptions &options)
      : decision_(std::move(decision)), pack_(dynamic_cast<const PackImpl &>(decision_->pack())) {
    options_.trace = options_.explanation = false;
    options_.parametres = options.parametres;
    limited_ = options.limits.has_value();
    if (options.limits)
      options_.limits = *options.limits;
    traced_ = options_;
    traced_.trace = true;
  }

  std::optional<Input> find(std::string_view name) const override {
    const dmn::ElementInfo *input = pack_.fact(name);
    if (input == nullptr)
      return std::nullopt;
    return Input{std::string(name), input->type, input->slot};
  }
  std::vector<std::string> names() const override {
    std::vector<std::string> names;
    for (const dmn::FactInfo &fact : pack_.facts(decision_->info().name))
      names.push_back(fact.path);
    return names;
  }
  std::string why_not(std::string_view name) const override {
    const Diagnostic why = pack_.no_fact(std::string(name));
    const bool known = why.code == Code::pack_shadow || model().find_decision(name) != nullptr;
    return known ? why.message : std::string();
  }
  bool unknown_facts() const override { return true; }

  const dmn::Model &model() const override { return pack_.model(); }
  const dmn::ElementInfo &decision() const override { return decision_->info(); }

  // Whatever the day, and whatever the parameter is given instead.
  std::optional<dmn::Bound> fixed(std::uint32_t slot) const override {
    for (const PackParameter &parameter : pack_.parameters()) {
      const dmn::ElementInfo *input = model().find_input(parameter.nom);
      if (input == nullptr || input->slot != slot)
        continue;
      dmn::Bound bound;
      for (const ParameterValue &value : parameter.valeurs)
        bound.join(dmn::bound_of(value.valeur));
      for (const auto &[name, value] : options_.parametres)
        if (name == parameter.nom)
          bound.join(dmn::bound_of(value));
      return bound;
    }
    for (const auto &[name, value] : pack_.lists())
      if (const dmn::ElementInfo *input = model().find_input(name); input != nullptr && input->slot == slot)
        return dmn::bound_of(value);
    return std::nullopt;
  }

  std::optional<std::string> alike(const std::optional<feel::Date> &day, columns::Request &request) const override {
    if (limited_)
      return "it has limits of its own";
    const PackResult nothing = decision_->evaluate(feel::Value(), *day, options_);
    for (const ParameterUse &use : nothing.parametres) {
      const dmn::ElementInfo &input = *model().find_input(use.nom);
      if (!use.lu_au.empty() && !use.given)
        add_dated(*pack_.find_parameter(use.nom), input, request);
      else
        add(use.valeur, input, request);
    }
    for (const auto &[name, value] : pack_.lists())
      if (const dmn::ElementInfo *input = model().find_input(name))
        add(value, *input, request);
    return std::nullopt;
  }

  void check(const std::optional<feel::Date> &day) const override {
    try {
      (void)decision_->evaluate(feel::Value(), day.value_or(pack_.period_start()), options_);
    } catch (const Error &error) { // of days of their own, only what a parameter given is refused for
      if (day || error.first().code != Code::pack_no_parameter_value)
        throw;
    }
  }

  dmn::Result answer(table::ArrowFacts &facts, table::ArrowFacts::Node row, const std::optional<feel::Date> &day,
                     bool trace) const override {
    const PackEvaluateOptions &options = trace ? traced_ : options_;
    if (auto slots = decision_->read(facts, row))
      return decision_->evaluate(*std::move(slots), *day, options);
    return decision_->evaluate(facts.whole(), *day, options);
  }

private:
  // A value of the pack, as each evaluation would admit it; nullopt: each row says why not.
  static std::optional<feel::Value> admitted(const feel::Value &value, const dmn::ElementInfo &input) {
    dmn::ValueFacts source;
    dmn::FirstFault faults;
    dmn::Admission admission(dmn::Admission::Manner::unknown, source, faults);
    try {
      feel::Value admitted = admission.admit(&value, input.type, {nullptr, input.name});
      const feel::Cause &consumed = admission.evaluation().consumed;
      if (consumed.errors.empty() && consumed.missing.empty() && consumed.refused.empty())
        return admitted;
    } catch (const Error &) {
    }
    return std::nullopt;
  }

  static void refuse(const dmn::ElementInfo &input, columns::Request &request) {
    request.opaque.push_back({input.slot, {}, "'" + input.name + "' of the pack is not of its type"});
  }

  static void add(const feel::Value &value, const dmn::ElementInfo &input, columns::Request &request) {
    if (auto one = admitted(value, input))
      request.fixed.emplace_back(input.slot, *std::move(one));
    else
      refuse(input, request);
  }

  // Before its first value, a parameter that is read at the date of a fact has that one.
  void add_dated(const PackParameter &parameter, const dmn::ElementInfo &input, columns::Request &request) const {
    const std::string root = pack_.root_of(parameter.lu_au);
    columns::Request::Dated dated{input.slot, model().find_input(root)->slot, {}, {}, {}};
    for (std::size_t at = root.size(); at < parameter.lu_au.size();) {
      const std::size_t end = std::min(parameter.lu_au.find('.', at + 1), parameter.lu_au.size());
      dated.path.push_back(parameter.lu_au.substr(at + 1, end - at - 1));
      at = end;
    }
    for (const ParameterValue &value : parameter.valeurs) {
      auto one = admitted(value.valeur, input);
      if (!one)
        return refuse(input, request);
      if (!dated.values.empty())
        dated.starts.push_back(value.depuis);
      dated.values.push_back(*std::move(one));
    }
    request.dated.push_back(std::move(dated));
  }

  std::shared_ptr<const PackDecision> decision_;
  const PackImpl &pack_;
  PackEvaluateOptions options_, traced_;
  bool limited_ = false;
};

} // namespace

} // namespace pack

void evaluate_table(ArrowArrayStream &answer, const std::shared_ptr<const PackDecision> &decision,
                    ArrowArrayStream &given, const std::string &as_of, const PackTableOptions &options) {
  table::evaluate(answer, std::make_shared<pack::PackAsked>(decision, options), given, options, as_of);
}

namespace {

// The layout of Arrow that a type has by nature.
void add_natural(const feel::Type &type, std::uint32_t slot, std::vector<std::string> &path,
                 columns::Request &request) {
  const auto add = [&](columns::Layout layout) { request.inputs.push_back({slot, path, layout, 2}); };
  switch (type.kind()) {
  case feel::Type::Kind::boolean:
    return add(columns::Layout::bits);
  case feel::Type::Kind::number:
    return add(columns::Layout::decimal128);
  case feel::Type::Kind::text:
    return add(columns::Layout::codes32);
  case feel::Type::Kind::date:
    return add(columns::Layout::date32);
  case feel::Type::Kind::months_duration:
    return add(columns::Layout::months32);
  case feel::Type::Kind::days_duration:
    return add(columns::Layout::microseconds64);
  case feel::Type::Kind::list:
    if (!type.element().is_any() && type.element().kind() != feel::Type::Kind::list) {
      add(columns::Layout::list32);
      path.emplace_back("[]");
      add_natural(type.element(), slot, path, request);
      path.pop_back();
      return;
    }
    request.opaque.push_back({slot, path, "a fact of the type " + type.to_string()});
    return;
  case feel::Type::Kind::context:
    for (const auto &[name, member] : type.members()) {
      path.push_back(name);
      add_natural(member, slot, path, request);
      path.pop_back();
    }
    return;
  default:
    request.opaque.push_back({slot, path, "a fact of the type " + type.to_string()});
  }
}

} // namespace

std::vector<DecisionColumns> columns_of(const std::shared_ptr<const Pack> &pack, feel::Date as_of) {
  const auto &own = dynamic_cast<const pack::PackImpl &>(*pack);
  const auto &model = dynamic_cast<const dmn::ModelImpl &>(own.model());
  std::vector<DecisionColumns> result;
  for (const dmn::ElementInfo &info : model.decisions()) {
    DecisionColumns one{info.name, false, {}, {}, {}};
    columns::Obstacle why;
    const pack::PackAsked asked(pack->decision(info.name), {});
    columns::Request request;
    request.facts_may_be_unknown = true;
    std::vector<std::string> path;
    try {
      if (const auto refused = asked.alike(as_of, request))
        why = {{}, *refused};
      const auto needed = own.model().decision(info.name);
      for (const dmn::ElementInfo *input : needed->inputs())
        if (asked.find(input->name))
          add_natural(input->type, input->slot, path, request);
      if (why.why.empty())
        if (const auto program = columns::Program::compile(model, model.elements()[info.slot], request, why)) {
          one.colonnes = true;
          for (const columns::Obstacle &part : program->by_rows())
            one.par_lignes.push_back({part.place, part.why, columns::in_french(part.why)});
        }
    } catch (const Error &error) {
      why = {{}, error.first().message};
    }
    one.place = std::move(why.place);
    one.mots = columns::in_french(why.why);
    one.motif = std::move(why.why);
    result.push_back(std::move(one));
  }
  return result;
}

} // namespace spie
