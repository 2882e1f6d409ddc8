// The linked model: documents, their elements by slot, and what binding made of them. Built once by the linker
// (model.cpp, types.cpp, boxed.cpp), then immutable.
#pragma once

#include "rules/dmn/document.hpp"
#include "rules/feel/compiler.hpp"
#include "rules/feel/loading.hpp"
#include "spie/dmn/decision.hpp"
#include "spie/dmn/model.hpp"
#include "spie/feel/expression.hpp"
#include "spie/feel/function.hpp"

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace spie::dmn {

class ModelImpl;
class ModelFunction;
class PreparedDecision;
class RowPrograms;

// Of the load of a model; the elements count with the inputs that nothing declares.
constexpr LoadLimits usual_limits{.depth = 200, .steps = 50'000'000, .list_size = 10'000, .bytes = 64U << 20U};

enum class ElementKind : std::uint8_t { input, decision, function, service };

// One input, decision, business knowledge model or service. Inputs and decisions have a slot of their own in the values
// of an evaluation: their index.
struct Element {
  ElementKind kind = ElementKind::input;
  std::uint32_t index = 0, document = 0;
  const Named *declared = nullptr;
  const VariableDecl *variable = nullptr;
  const DecisionDecl *decision = nullptr;
  const KnowledgeDecl *function_decl = nullptr;
  const ServiceDecl *service = nullptr;

  ElementInfo info;
  std::string variable_name; // how expressions call it
  std::string place;         // "entree.dmn:12, decision 'entree'"
  feel::Type type;
  bool typed = false; // its type was declared

  std::vector<std::uint32_t> requires_values; // inputs and decisions, direct
  std::vector<std::uint32_t> requires_functions;
  // Of decisions and services: the decisions to evaluate, in order. Those of long chains are found when they are asked
  // for, since all of them together would take the square of the model.
  std::optional<std::vector<std::uint32_t>> plan;

  std::optional<feel::Expression> expression;
  std::optional<feel::Value> unknown; // what stands for an input that is not given; nullopt: too large to be kept
  feel::Value unusable;               // what a decision that could not be bound gives
  std::vector<feel::Use> uses;
  std::shared_ptr<ModelFunction> function;

  // Of a service.
  std::vector<std::uint32_t> outputs, parameters; // input data, then input decisions
};

inline bool is_empty(const feel::Cause &cause) noexcept {
  return cause.errors.empty() && cause.missing.empty() && cause.refused.empty();
}

struct LoadedModel {
  std::vector<Document> documents;
  std::vector<Element> elements;
  std::vector<Diagnostic> findings;
  LoadOptions options;
};

// A business knowledge model or a decision service, as FEEL calls it.
class ModelFunction : public feel::Function {
public:
  ModelFunction(std::string name, std::vector<feel::Parameter> parameters, feel::Type result, const ModelImpl &model)
      : name_(std::move(name)), parameters_(std::move(parameters)), result_(std::move(result)), model_(model) {}
  std::vector<feel::Parameter> parameters() const override { return parameters_; }
  feel::Type type() const override;
  std::string name() const override { return name_; }
  // What binding found of a result that nothing declares; the linker alone calls it, before the model is shared.
  void set_result(feel::Type result) { result_ = std::move(result); }

protected:
  // Whether the arguments may be given: their count, and each of its type after coercion. The first null that is not,
  // else nullopt; `arguments` receives the coerced values.
  std::optional<feel::Value> admit(feel::Evaluation &evaluation, std::span<const feel::Value> given,
                                   std::vector<feel::Value> &arguments) const;
  // Makes the functions that a call makes keep this model alive, where another evaluation calls.
  void own(feel::Evaluation &evaluation, std::optional<feel::Owning> &owning) const;
  std::string name_;
  std::vector<feel::Parameter> parameters_;
  feel::Type result_;
  const ModelImpl &model_;
};

class KnowledgeFunction final : public ModelFunction {
public:
  using ModelFunction::ModelFunction;
  feel::Value call(feel::Evaluation &evaluation, std::span<const feel::Value> arguments) const override;
  // Set once by the linker: the closure, or why there is none.
  feel::Value closure;
  std::optional<feel::Expression> expression; // keeps the tree of the closure
};

class ServiceFunction final : public ModelFunction {
public:
  ServiceFunction(std::string name, std::vector<feel::Parameter> parameters, feel::Type result, const ModelImpl &model,
                  std::uint32_t element)
      : ModelFunction(std::move(name), std::move(parameters), std::move(result), model), element_(element) {}
  feel::Value call(feel::Evaluation &evaluation, std::span<const feel::Value> arguments) const override;

private:
  std::uint32_t element_;
};

class ModelImpl final : public Model, public std::enable_shared_from_this<ModelImpl> {
public:
  // `loading` is that of the model alone, or of the pack that holds it.
  ModelImpl(const std::vector<Source> &sources, const LoadOptions &options, feel::Loading &loading);

  const std::string &name() const override { return documents_.front().name; }
  const std::string &model_namespace() const override { return documents_.front().model_namespace; }
  const std::string &version() const override { return documents_.front().version; }
  const std::vector<Diagnostic> &findings() const override { return findings_; }
  const std::vector<ElementInfo> &inputs() const override { return inputs_; }
  const std::vector<ElementInfo> &decisions() const override { return decisions_; }
  const std::vector<ElementInfo> &services() const override { return services_; }
  const std::vector<ElementInfo> &functions() const override { return functions_; }
  const ElementInfo *find_input(std::string_view name, std::string_view model_namespace) const override;
  const ElementInfo *find_decision(std::string_view name, std::string_view model_namespace) const override;
  std::vector<FactInfo> facts(std::string_view decision, std::string_view model_namespace) const override;
  std::vector<std::string> requirements(std::string_view decision) const override;
  std::vector<ElementInfo> unused_inputs() const override;
  Result evaluate(std::string_view decision, const std::vector<Given> &inputs, const EvaluateOptions &options,
                  std::string_view model_namespace) const override;
  Result evaluate_service(std::string_view service, const std::vector<Given> &inputs, const EvaluateOptions &options,
                          std::string_view model_namespace) const override;
  std::shared_ptr<const Decision> decision(std::string_view name, std::string_view model_namespace,
                                           const FixedValues &fixed) const override;
  // The same of a decision at hand; `steady` as PreparedDecision has it.
  std::shared_ptr<const PreparedDecision> prepared(const ElementInfo &decision, const FixedValues &fixed,
                                                   std::vector<std::uint32_t> steady) const;
  feel::Value describe(std::string_view decision) const override;

  // The values given, admitted, each in the slot of its element; throws D009 and D010.
  Slots admit(const std::vector<Given> &inputs, const EvaluateOptions &options) const;
  // `programs`: those of the decision, else the ones that the model keeps for it.
  Result run(const Element &target, Slots slots, const EvaluateOptions &options,
             std::span<const feel::Known> known = {}, const RowPrograms *programs = nullptr) const;
  const RowPrograms *programs_of(const Element &element) const { return programs_[element.index].get(); }
  // A decision without a trace, over values by slot: all that it may read is in them but for the decisions of the plan,
  // which ends with itself. `inputs`: what admitting them consumed; it may be nullptr. Moves its value out of them.
  Result run_unwatched(const Element &target, feel::Evaluation &evaluation, std::span<feel::Value> values,
                       const std::vector<std::uint32_t> &plan, feel::Cause *inputs) const;
  // What the decisions that a decision requires compute alike, whatever else is given.
  std::vector<feel::Known> known_of(const Element &decision, const FixedValues &fixed) const;
  // Whether a value may be given under this name.
  bool takes(std::string_view name) const { return find_given(name, {}) != nullptr; }
  // The inputs that a decision and those that it requires read, by slot.
  std::vector<const ElementInfo *> inputs_of(const Element &decision) const;

  // Of a decision alone: those that it requires have their values, or are pending.
  feel::Value run_decision(feel::Evaluation &evaluation, const Element &decision) const;
  // The decisions of a service over values given by slot (parameters); the value it returns.
  feel::Value run_service(feel::Evaluation &evaluation, const Element &service, std::vector<feel::Value> &values) const;
  // The decisions to evaluate, in order, for a decision or service to which only its parameters are given.
  std::vector<std::uint32_t> find_plan(const Element &target) const;
  const std::vector<Element> &elements() const noexcept { return elements_; }
  // "there is no decision 'Decision_1', did you mean 'Droit'?": the nearest name of `kind`; what bears the name as its
  // id or as that of its variable goes first, a decision too where an input is looked for.
  std::string unknown_element(ElementKind kind, std::string_view name) const;
  // Of any document; nullptr when there is none.
  const ItemDefinition *find_definition(const std::string &name) const;

private:
  friend class Linker;
  const Element *find(ElementKind kind, std::string_view name, std::string_view model_namespace) const;
  const Element &require(ElementKind kind, std::string_view name, std::string_view model_namespace) const;
  // The element a given value is for; nullptr when there is none.
  const Element *find_given(std::string_view name, std::string_view model_namespace) const;
  // The decisions to evaluate for those wanted, in order, where `given` says which slots already have a value.
  std::vector<std::uint32_t> plan_for(const std::vector<std::uint32_t> &wanted, const std::vector<char> &given) const;
  void add_facts(const Element &decision, std::map<std::string, FactInfo> &into) const;

  std::vector<Document> documents_;
  std::deque<InputDecl> free_inputs_; // those that nothing declares
  std::vector<Element> elements_;
  std::vector<Diagnostic> findings_;
  LoadOptions options_;
  std::vector<ElementInfo> inputs_, decisions_, services_, functions_;
  std::vector<std::shared_ptr<const RowPrograms>> programs_; // by element; none of what is no decision
  // By canonical name, in the order of the documents.
  struct NameHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>{}(text); }
  };
  std::unordered_map<std::string, std::vector<std::uint32_t>, NameHash, std::equal_to<>> by_name_;
};

} // namespace spie::dmn
