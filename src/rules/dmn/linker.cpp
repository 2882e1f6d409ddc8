#include "rules/dmn/linker.hpp"

#include "rules/dmn/admission.hpp"
#include "rules/feel/builtins/builtins.hpp"
#include "rules/feel/builtins/vendors.hpp"
#include "rules/feel/text.hpp"

#include <algorithm>
#include <functional>
#include <utility>

namespace spie::dmn {

namespace {

std::string_view kind_name(ElementKind kind) {
  switch (kind) {
  case ElementKind::input:
    return "input";
  case ElementKind::decision:
    return "decision";
  case ElementKind::function:
    return "business knowledge model";
  case ElementKind::service:
    return "decision service";
  }
  return {};
}

// Decisions in all the plans that are kept.
constexpr std::size_t max_planned = 1'000'000;

// Outputs of required tables, over all the decisions that are read with free names.
constexpr std::size_t max_outputs = 1'000'000;

// Members in all the unknowns that are kept.
constexpr std::size_t max_unknown = 100'000;

std::size_t count_members(const feel::Type &type) {
  std::size_t count = 1;
  if (type.kind() == feel::Type::Kind::context)
    for (const auto &[name, member] : type.members())
      count += count_members(member);
  return count;
}

// What editors leave of a draft is told, and hurts what reaches it alone; a pack is no draft.
Level draft(const LoadOptions &options) { return options.merge ? Level::error : Level::warning; }

// A new decision of an editor has an expression without a text, a new function a body without one.
bool has_logic(const Boxed *logic) {
  if (logic == nullptr)
    return false;
  if (logic->kind == BoxedKind::function)
    return has_logic(logic->children[0].get());
  if (logic->kind == BoxedKind::table) // what dmn-js leaves of a table that was never filled
    return !(logic->table->inputs.empty() && logic->table->outputs.empty() && logic->table->rules.empty());
  return logic->kind != BoxedKind::literal || logic->text.find_first_not_of(" \t\r\n") != std::string::npos;
}

bool is_value(ElementKind kind) { return kind == ElementKind::input || kind == ElementKind::decision; }

} // namespace

Linker::Linker(ModelImpl &model, feel::Loading &loading)
    : model_(model), loading_(loading), elements_(model.elements_),
      types_(model.documents_, model.options_, loading, model.findings_) {}

void Linker::run() {
  collect();
  free_inputs_.emplace(elements_.size(), loading_.limits().list_size);
  resolve_types();
  resolve_references();
  find_cycles();
  make_functions();
  bind_functions();
  bind_decisions();
  if (loading_.exhausted()) // in the last of them
    throw Error(loading_.fault(Code::dmn_xml, model_.documents_.front().file));
  add_free_inputs();
  plan();
  publish();
}

void Linker::count(const Element &element) {
  loading_.check(Code::dmn_xml, element.place,
                 1 + static_cast<std::int64_t>(model_.documents_[element.document].types.size() +
                                               element.requires_values.size() + element.requires_functions.size()));
}

void Linker::collect() {
  ids_.resize(model_.documents_.size());
  for (std::uint32_t d = 0; d < model_.documents_.size(); ++d) {
    const Document &document = model_.documents_[d];
    for (const InputDecl &input : document.inputs) {
      Element made;
      add(ElementKind::input, d, input, input.variable, made);
    }
    for (const DecisionDecl &decision : document.decisions) {
      Element made;
      made.decision = &decision;
      add(ElementKind::decision, d, decision, decision.variable, made);
    }
    for (const KnowledgeDecl &function : document.functions) {
      Element made;
      made.function_decl = &function;
      add(ElementKind::function, d, function, function.variable, made);
    }
    for (const ServiceDecl &service : document.services) {
      Element made;
      made.service = &service;
      add(ElementKind::service, d, service, service.variable, made);
    }
  }
}

void Linker::add(ElementKind kind, std::uint32_t document, const Named &declared, const VariableDecl &variable,
                 Element &made) {
  const Document &owner = model_.documents_[document];
  made.kind = kind;
  made.document = document;
  made.declared = &declared;
  made.variable = &variable;
  made.variable_name = variable.name.empty() ? declared.name : variable.name;
  made.place = owner.file + ":" + std::to_string(declared.line) + ", " + std::string(kind_name(kind)) + " '" +
               declared.name + "'";
  const std::string key = feel::canonical_name(declared.name);
  auto &same_name = model_.by_name_[key];
  const auto note_id = [&](std::uint32_t index) {
    if (declared.id.empty())
      return;
    if (!ids_[document].try_emplace(declared.id, index).second)
      find(Code::dmn_duplicate, "two elements have the id '" + declared.id + "'", made.place);
  };
  bool told = false; // once, however many have the name
  for (const std::uint32_t index : same_name) {
    Element &other = elements_[index];
    if (other.document == document && (other.kind == kind || !model_.options_.merge)) {
      if (!std::exchange(told, true))
        find(Code::dmn_duplicate, "two elements are named '" + declared.name + "'", made.place);
      continue;
    }
    if (!model_.options_.merge)
      continue;
    if (other.kind != kind && !(is_value(other.kind) && is_value(kind))) {
      find(Code::dmn_duplicate,
           "'" + declared.name + "' is " + feel::with_article(kind_name(other.kind)) + " in " +
               model_.documents_[other.document].file,
           made.place);
      continue;
    }
    note_id(index);
    if (kind == ElementKind::input) { // one input, or what a decision of a fellow gives
      joins_.push_back({index, document, &variable, made.place});
      return;
    }
    if (other.kind == ElementKind::input)
      joins_.push_back({index, other.document, other.variable, other.place});
    made.index = index;
    other = std::move(made);
    return;
  }
  made.index = static_cast<std::uint32_t>(elements_.size());
  same_name.push_back(made.index);
  note_id(made.index);
  elements_.push_back(std::move(made));
}

feel::Type Linker::declared_type(Element &element, const VariableDecl &variable) {
  element.typed = !variable.type_ref.empty() && variable.type_ref != "Any";
  const auto found = types_.resolve(element.document, variable.type_ref, element.place);
  if (!found) {
    if (element.kind == ElementKind::decision || element.kind == ElementKind::input)
      element.unusable =
          feel::error_value(Code::dmn_unusable, "its type '" + variable.type_ref + "' is not usable", element.place);
    element.typed = false;
    return {};
  }
  return *found;
}

void Linker::resolve_types() {
  for (Element &element : elements_)
    element.type = declared_type(element, *element.variable);
  for (const Join &join : joins_) {
    const Element &element = elements_[join.element];
    const auto other = types_.resolve(join.document, join.variable->type_ref, join.place);
    if (other && !other->is_any() && !element.type.is_any() && !other->equivalent_to(element.type))
      find(Code::dmn_duplicate,
           "'" + element.declared->name + "' is of type " + other->to_string() + " here and of type " +
               element.type.to_string() + " at " + element.place,
           join.place);
  }
}

std::vector<std::string> Linker::names_of(ElementKind kind) const {
  std::vector<std::string> names;
  for (const Element &element : elements_)
    if (element.kind == kind)
      names.push_back(element.declared->name);
  return names;
}

const Element *Linker::target(std::uint32_t document, const Reference &reference) const {
  const auto in = [&](std::uint32_t d) -> const Element * {
    const auto found = ids_[d].find(reference.id);
    return found == ids_[d].end() ? nullptr : &elements_[found->second];
  };
  if (reference.model_namespace.empty() || reference.model_namespace == model_.documents_[document].model_namespace)
    return in(document);
  for (std::uint32_t d = 0; d < model_.documents_.size(); ++d)
    if (model_.documents_[d].model_namespace == reference.model_namespace)
      if (const Element *found = in(d))
        return found;
  return nullptr;
}

std::vector<std::uint32_t> Linker::resolve(const Element &from, const std::vector<Reference> &references,
                                           std::initializer_list<ElementKind> kinds, std::string_view what) {
  std::vector<std::uint32_t> result;
  for (const Reference &reference : references) {
    const Element *found = target(from.document, reference);
    const std::string place = model_.documents_[from.document].file + ":" + std::to_string(reference.line) +
                              from.place.substr(from.place.find(", "));
    if (found == nullptr) {
      const std::string of = reference.model_namespace.empty() ? std::string() : " of " + reference.model_namespace;
      // The requirement of an element that was removed.
      find(Code::dmn_reference, "the " + std::string(what) + " '" + reference.id + "'" + of + " is not found", place,
           draft(model_.options_));
      continue;
    }
    if (std::find(kinds.begin(), kinds.end(), found->kind) == kinds.end()) {
      find(Code::dmn_reference,
           "'" + found->declared->name + "' is " + feel::with_article(kind_name(found->kind)) + ", not " +
               feel::with_article(what),
           place);
      continue;
    }
    if (visible_names(from.document, *found).empty())
      find(Code::dmn_reference, "'" + found->declared->name + "' belongs to a model that is not imported", place);
    if (std::find(result.begin(), result.end(), found->index) == result.end())
      result.push_back(found->index);
  }
  return result;
}

std::vector<std::string> Linker::authorities(std::uint32_t document, const std::vector<Reference> &references) {
  std::vector<std::string> result;
  for (const Reference &reference : references)
    for (const Document &candidate : model_.documents_) {
      if (reference.model_namespace.empty() ? &candidate != &model_.documents_[document]
                                            : candidate.model_namespace != reference.model_namespace)
        continue;
      for (const AuthorityDecl &authority : candidate.authorities)
        if (authority.id == reference.id)
          result.push_back(authority.location.empty() ? authority.name : authority.location);
    }
  return result;
}

void Linker::resolve_references() {
  for (Element &element : elements_) {
    const auto values = {ElementKind::input, ElementKind::decision};
    const auto append = [](std::vector<std::uint32_t> &to, const std::vector<std::uint32_t> &more) {
      for (const std::uint32_t index : more)
        if (std::find(to.begin(), to.end(), index) == to.end())
          to.push_back(index);
    };
    if (element.decision != nullptr) {
      // In merge mode an input may turn out to be a decision of a fellow.
      append(element.requires_values, resolve(element, element.decision->inputs, values, "input"));
      append(element.requires_values, resolve(element, element.decision->decisions, values, "decision"));
      element.requires_functions = resolve(element, element.decision->knowledge,
                                           {ElementKind::function, ElementKind::service}, "business knowledge model");
      element.info.authorities = authorities(element.document, element.decision->authorities);
      element.info.question = element.decision->question;
    } else if (element.function_decl != nullptr) {
      element.requires_functions = resolve(element, element.function_decl->knowledge,
                                           {ElementKind::function, ElementKind::service}, "business knowledge model");
      element.info.authorities = authorities(element.document, element.function_decl->authorities);
    } else if (element.service != nullptr) {
      element.outputs = resolve(element, element.service->outputs, {ElementKind::decision}, "decision");
      element.parameters = resolve(element, element.service->input_data, values, "input");
      append(element.parameters, resolve(element, element.service->input_decisions, values, "decision"));
      resolve(element, element.service->encapsulated, {ElementKind::decision}, "decision");
      if (element.outputs.empty())
        find(Code::dmn_structure, "a decision service has no output decision", element.place, draft(model_.options_));
    }
  }
}

void Linker::find_cycles() {
  enum class State : std::uint8_t { untouched, open, done };
  std::vector<State> states(elements_.size(), State::untouched);
  cyclic_.resize(elements_.size(), 0);
  order_.clear();
  std::vector<std::uint32_t> path;
  // The depth of the recursion is the length of a chain of requirements: an explicit stack, since files are untrusted.
  struct Step {
    std::uint32_t element;
    std::size_t next;
  };
  for (std::uint32_t start = 0; start < elements_.size(); ++start) {
    if (states[start] != State::untouched)
      continue;
    std::vector<Step> stack{{start, 0}};
    states[start] = State::open;
    while (!stack.empty()) {
      Step &step = stack.back();
      const Element &element = elements_[step.element];
      if (step.next == element.requires_values.size()) {
        states[step.element] = State::done;
        if (element.kind == ElementKind::decision)
          order_.push_back(step.element);
        stack.pop_back();
        continue;
      }
      const std::uint32_t next = element.requires_values[step.next++];
      if (states[next] == State::open) {
        std::string circle;
        bool told = true; // of an earlier search
        const auto from = std::find_if(stack.begin(), stack.end(), [&](const Step &s) { return s.element == next; });
        for (auto at = from; at != stack.end(); ++at) {
          circle += "'" + elements_[at->element].declared->name + "' requires ";
          told = told && cyclic_[at->element] != 0;
          cyclic_[at->element] = 1;
        }
        if (!told)
          find(Code::dmn_cycle, circle + "'" + elements_[next].declared->name + "'", elements_[next].place);
      } else if (states[next] == State::untouched) {
        states[next] = State::open;
        stack.push_back({next, 0});
      }
    }
  }
  for (std::uint32_t index = 0; index < elements_.size(); ++index)
    if (cyclic_[index] != 0) {
      elements_[index].expression.reset();
      elements_[index].uses.clear();
      elements_[index].unusable =
          feel::error_value(Code::dmn_cycle, "the decision requires itself", elements_[index].place);
    }
}

std::vector<std::string> Linker::visible_names(std::uint32_t from, const Element &element) const {
  if (from == element.document || model_.options_.merge)
    return {element.variable_name};
  std::vector<std::string> names;
  for (const ImportDecl &import : model_.documents_[from].imports)
    if (import.model_namespace == model_.documents_[element.document].model_namespace)
      names.push_back(import.name.empty() ? element.variable_name : import.name + "." + element.variable_name);
  return names;
}

feel::Scope Linker::scope_of(const Element &element) {
  feel::Scope scope = types_.scope(element.document);
  for (const std::string &name : model_.options_.extensions)
    for (const auto &[function, body] : feel::functions_of(*feel::find_vendor(name)))
      scope.add_function(function, *body);
  for (const std::uint32_t index : element.requires_values)
    for (const std::string &name : visible_names(element.document, elements_[index]))
      scope.add_variable(name, elements_[index].type, index);
  for (const std::uint32_t index : element.requires_functions)
    if (elements_[index].function)
      for (const std::string &name : visible_names(element.document, elements_[index]))
        scope.add_function(name, *elements_[index].function);
  if (element.function) // it may call itself
    scope.add_function(element.variable_name, *element.function);
  return scope;
}

const feel::Scope &Linker::others(std::uint32_t document) {
  others_.resize(model_.documents_.size());
  auto &scope = others_[document];
  if (scope)
    return *scope;
  scope = std::make_unique<feel::Scope>();
  const auto add = [&](const std::string &name, const Element &element) {
    if (feel::find_builtin(feel::canonical_name(name)) != nullptr)
      return;
    if (element.function)
      scope->add_function(name, *element.function);
    else // what binding finds of a decision depends on the order
      scope->add_variable(name, element.typed ? element.type : feel::Type(), element.index);
  };
  // What comes later hides: the variable, then the name, then the id by which Camunda knows a decision.
  for (const Element &element : elements_)
    if (element.document == document && element.kind == ElementKind::decision && !element.declared->id.empty())
      add(element.declared->id, element);
  for (const Element &element : elements_)
    if (element.document == document)
      add(element.declared->name, element);
  for (const Element &element : elements_)
    for (const std::string &name : visible_names(document, element))
      add(name, element);
  return *scope;
}

feel::Expression Linker::bound_with(const Element &element, const Bind &bind, feel::FreeNames *free) {
  const feel::Scope scope = scope_of(element);
  feel::Compiler compiler(scope, compile_options(element), free);
  compiler.within(loading_);
  BoxedBinder binder(compiler, types_, element.document, model_.documents_[element.document].file, subject(element),
                     model_.findings_, model_.options_);
  feel::NodePtr node = bind(binder);
  keep_findings(compiler);
  return compiler.finish(std::move(node));
}

feel::Expression Linker::bound(Element &element, const Bind &bind) {
  if (model_.options_.strict)
    return bound_with(element, bind, nullptr);
  auto &findings = model_.findings_;
  const std::size_t told = findings.size();
  const auto forget = [&] { findings.erase(findings.begin() + static_cast<std::ptrdiff_t>(told), findings.end()); };
  try {
    return bound_with(element, bind, nullptr);
  } catch (const Error &) { // said again, unless free names mend it
    forget();
  }
  const std::size_t inputs = free_inputs_->size();
  ElementNames names(element, elements_, others(element.document),
                     element.kind == ElementKind::decision ? &*free_inputs_ : nullptr);
  if ((outputs_ += names.size()) > max_outputs)
    throw Error(Diagnostic{Code::feel_limit, Level::error, "the model is too large to be read with free names",
                           element.place, "Load it strictly."});
  try {
    feel::Expression expression = bound_with(element, bind, &names);
    require_named(element, names);
    return expression;
  } catch (const Error &) {
    forget();
    free_inputs_->shrink(inputs);
    throw;
  }
}

void Linker::require_named(Element &element, const ElementNames &names) {
  const auto tell = [&](const Element &named) {
    model_.findings_.push_back({Code::feel_unknown_name,
                                Level::warning,
                                "'" + element.declared->name + "' names the " + std::string(kind_name(named.kind)) +
                                    " '" + named.declared->name + "', which it does not require",
                                element.place,
                                {},
                                named.declared->name});
  };
  auto &required = element.requires_values;
  for (const std::uint32_t slot : names.values()) {
    if (std::find(required.begin(), required.end(), slot) != required.end())
      continue; // by another name
    required.push_back(slot);
    if (slot >= elements_.size())
      continue;
    tell(elements_[slot]);
    requires_more_ = requires_more_ || elements_[slot].kind == ElementKind::decision;
  }
  for (const std::string &name : names.functions())
    for (const Element &named : elements_)
      if (named.function.get() == others(element.document).find(name)->function) {
        tell(named);
        break;
      }
}

feel::CompileOptions Linker::compile_options(const Element &element) const {
  feel::CompileOptions options;
  options.element = element.place;
  options.types = !model_.options_.lenient;
  options.clock = model_.options_.clock;
  return options;
}

void Linker::keep_findings(feel::Compiler &compiler) {
  model_.findings_.insert(model_.findings_.end(), compiler.warnings().begin(), compiler.warnings().end());
  if (!model_.options_.lenient)
    return;
  for (Diagnostic finding : compiler.findings()) {
    finding.level = Level::warning;
    model_.findings_.push_back(std::move(finding));
  }
}

feel::Value Linker::unusable(const Element &element, const Error &error) {
  for (const Diagnostic &diagnostic : error.diagnostics())
    model_.findings_.push_back(diagnostic);
  const Diagnostic &first = error.first();
  return feel::error_value(Code::dmn_unusable, std::string(text(first.code)) + ": " + first.message,
                           first.where.empty() ? element.place : first.where);
}

void Linker::make_functions() {
  for (Element &element : elements_) {
    if (element.kind == ElementKind::service) {
      std::vector<feel::Parameter> parameters;
      for (const std::uint32_t index : element.parameters)
        parameters.push_back({elements_[index].variable_name, elements_[index].type});
      feel::Type result = element.type.kind() == feel::Type::Kind::function ? element.type.result() : element.type;
      if (result.is_any() && element.outputs.size() == 1)
        result = elements_[element.outputs.front()].type;
      element.function = std::make_shared<ServiceFunction>(element.declared->name, std::move(parameters),
                                                           std::move(result), model_, element.index);
    } else if (element.kind == ElementKind::function) {
      std::vector<feel::Parameter> parameters;
      try {
        if (const Boxed *logic = element.function_decl->logic.get()) {
          feel::Scope scope;
          feel::Compiler compiler(scope, compile_options(element));
          BoxedBinder binder(compiler, types_, element.document, model_.documents_[element.document].file,
                             subject(element), model_.findings_, model_.options_);
          parameters = binder.parameters(*logic);
        }
      } catch (const Error &) { // said when its body is bound
      }
      // The variable of a model may be typed as the function or, in older files, as what it gives.
      feel::Type result = element.type.kind() == feel::Type::Kind::function ? element.type.result() : element.type;
      element.function =
          std::make_shared<KnowledgeFunction>(element.declared->name, std::move(parameters), std::move(result), model_);
    }
  }
}

void Linker::bind_functions() {
  for (Element &element : elements_) {
    if (element.kind != ElementKind::function)
      continue;
    count(element);
    auto &function = static_cast<KnowledgeFunction &>(*element.function);
    try {
      if (!has_logic(element.function_decl->logic.get())) {
        find(Code::dmn_no_logic, "the business knowledge model has no logic", element.place, draft(model_.options_));
        function.closure =
            feel::error_value(Code::dmn_no_logic, "the business knowledge model has no logic", element.place);
        continue;
      }
      const feel::Type type = function.type();
      function.expression = bound(element, [&](BoxedBinder &binder) {
        return binder.bind_function(*element.function_decl->logic, type.result());
      });
      feel::Evaluation evaluation;
      // The model by its address alone: a share in it would keep it alive for ever.
      evaluation.owner = std::shared_ptr<const void>(std::shared_ptr<const void>(), &model_);
      function.closure = function.expression->evaluate(evaluation);
      if (type.result().is_any() && function.closure.is(feel::Kind::function))
        function.set_result(function.closure.function()->type().result());
    } catch (const Error &error) {
      function.closure = unusable(element, error);
    }
  }
}

void Linker::bind_decisions() {
  for (const std::uint32_t index : order_) {
    Element &element = elements_[index];
    count(element);
    if (!element.unusable.is_null() || element.unusable.cause() != nullptr)
      continue;
    if (!has_logic(element.decision->logic.get())) {
      find(Code::dmn_no_logic, "the decision has no logic", element.place, Level::warning);
      element.unusable =
          feel::error_value(Code::dmn_no_logic, "the decision has no logic and is given no value", element.place);
      continue;
    }
    try {
      feel::Type found;
      element.expression = bound(element, [&](BoxedBinder &binder) {
        feel::NodePtr node = binder.bind(*element.decision->logic);
        found = node->type;
        return element.typed ? binder.coerced(std::move(node), element.type, element.declared->line) : std::move(node);
      });
      if (!element.typed)
        element.type = std::move(found);
      element.uses = element.expression->uses();
    } catch (const Error &error) {
      element.unusable = unusable(element, error);
    }
  }
}

void Linker::add_free_inputs() {
  for (const std::string &name : free_inputs_->names()) {
    InputDecl &declared = model_.free_inputs_.emplace_back();
    declared.name = declared.variable.name = name;
    Element made;
    made.index = static_cast<std::uint32_t>(elements_.size());
    made.declared = &declared;
    made.variable = &declared.variable;
    made.variable_name = name;
    made.place = model_.documents_.front().file + ", " + std::string(kind_name(ElementKind::input)) + " '" + name + "'";
    auto &same_name = model_.by_name_[name];
    same_name.insert(same_name.begin(), made.index); // it is the model's own, before those of imported ones
    elements_.push_back(std::move(made));
  }
  if (requires_more_)
    find_cycles();
}

void Linker::plan() {
  for (const Element &element : elements_)
    if (element.kind == ElementKind::service && element.outputs.size() == 1 &&
        element.function->type().result().is_any())
      element.function->set_result(elements_[element.outputs.front()].type);
  std::size_t work = 0;
  for (Element &element : elements_) {
    if (element.kind != ElementKind::decision && element.kind != ElementKind::service)
      continue;
    if (work > max_planned)
      break;
    element.plan = model_.find_plan(element);
    work += elements_.size() / 16 + element.plan->size();
  }
}

bool Linker::has_logic_table(const Boxed *boxed) const {
  return boxed != nullptr && (boxed->kind == BoxedKind::table ||
                              std::any_of(boxed->children.begin(), boxed->children.end(),
                                          [&](const BoxedPtr &child) { return has_logic_table(child.get()); }));
}

void Linker::publish() {
  std::size_t kept = 0;
  for (Element &element : elements_) {
    if (element.kind == ElementKind::input) {
      kept += count_members(element.type);
      if (kept <= max_unknown)
        element.unknown = unknown_of(element.type, element.declared->name);
    }
    ElementInfo &info = element.info;
    info.name = element.declared->name;
    info.label = element.declared->label.empty() ? element.declared->name : element.declared->label;
    info.description = element.declared->description;
    info.id = element.declared->id;
    info.file = model_.documents_[element.document].file;
    info.model_namespace = model_.documents_[element.document].model_namespace;
    info.type = element.function ? element.function->type() : element.type;
    info.slot = element.index;
    if (element.decision != nullptr)
      info.has_table = has_logic_table(element.decision->logic.get());
    auto &list = element.kind == ElementKind::input      ? model_.inputs_
                 : element.kind == ElementKind::decision ? model_.decisions_
                 : element.kind == ElementKind::service  ? model_.services_
                                                         : model_.functions_;
    list.push_back(info);
  }
}

} // namespace spie::dmn
