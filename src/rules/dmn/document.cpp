// The one file that knows XML: elements of DMN 1.2 to 1.6 become plain structs.
#include "dmn/document.hpp"

#include "dmn/xml_guard.hpp"

#include <pugixml.hpp>

#include <algorithm>
#include <array>

namespace spie::dmn {

namespace {

constexpr std::array<std::string_view, 5> namespaces{
    "www.omg.org/spec/DMN/20180521/MODEL", // 1.2
    "www.omg.org/spec/DMN/20191111/MODEL", // 1.3
    "www.omg.org/spec/DMN/20211108/MODEL", // 1.4
    "www.omg.org/spec/DMN/20230324/MODEL", // 1.5
    "www.omg.org/spec/DMN/20240513/MODEL", // 1.6
};

// Some tools write http where the standard writes https, or leave the slash at the end.
bool is_dmn(std::string_view uri) {
  for (const std::string_view scheme : {"https://", "http://"})
    if (uri.substr(0, scheme.size()) == scheme) {
      uri.remove_prefix(scheme.size());
      if (!uri.empty() && uri.back() == '/')
        uri.remove_suffix(1);
      return std::find(namespaces.begin(), namespaces.end(), uri) != namespaces.end();
    }
  return false;
}

bool is_feel(std::string_view language) {
  return language.empty() || language == "feel" || language == "FEEL" ||
         (language.find("omg.org/spec/") != std::string_view::npos && language.find("FEEL") != std::string_view::npos);
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

std::string trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front()))
    text.remove_prefix(1);
  while (!text.empty() && is_space(text.back()))
    text.remove_suffix(1);
  return std::string(text);
}

class Reader {
public:
  Reader(const Source &source, const LoadOptions &options, std::vector<Diagnostic> &findings)
      : source_(source), options_(options), findings_(findings) {}

  Document read() {
    if (source_.xml.size() > options_.bytes)
      refuse("the document has more than " + std::to_string(options_.bytes) + " bytes", 0);
    std::string_view xml = source_.xml;
    if (xml.substr(0, 3) == "\xEF\xBB\xBF")
      xml.remove_prefix(3);
    if (const auto fault = check_xml(xml, options_.depth))
      refuse(fault->message, fault->line);
    for (std::size_t at = xml.find('\n'); at != std::string_view::npos; at = xml.find('\n', at + 1))
      line_starts_.push_back(at + 1);
    pugi::xml_document tree;
    const auto parsed = tree.load_buffer(xml.data(), xml.size(), pugi::parse_default, pugi::encoding_utf8);
    if (!parsed)
      refuse(std::string("not well-formed XML: ") + parsed.description(), line_at(parsed.offset));
    const pugi::xml_node root = tree.document_element();
    const std::string uri = uri_of(root);
    if (local(root) != "definitions")
      refuse(uri.find("omg.org/spec/DMN/2015") != std::string::npos
                 ? "DMN 1.1 is not read; save the model in a version from 1.2 to 1.6"
                 : "the root is not the element `definitions` of DMN 1.2 to 1.6",
             line(root));
    Document document;
    name(root, document);
    document.file = source_.name;
    document.model_namespace = attribute(root, "namespace");
    if (document.model_namespace.empty())
      document.model_namespace = document.name;
    if (!is_feel(attribute(root, "expressionLanguage")))
      default_language_ = attribute(root, "expressionLanguage");
    for (const auto &xmlns : root.attributes())
      if (std::string_view(xmlns.name()).substr(0, 6) == "xmlns:")
        document.prefixes.emplace_back(xmlns.name() + 6, xmlns.value());
    for (const auto &child : root.children())
      read_top(child, document);
    return document;
  }

private:
  [[noreturn]] void refuse(std::string message, std::uint32_t at) const {
    throw Error(Diagnostic{Code::dmn_xml, Level::error, std::move(message), place(at)});
  }
  std::string place(std::uint32_t at) const { return at == 0 ? source_.name : source_.name + ":" + std::to_string(at); }
  // The element that findings name, "decision 'entree'".
  std::string where(std::uint32_t at) const { return element_.empty() ? place(at) : place(at) + ", " + element_; }
  void find(std::string message, std::uint32_t at, Level level = Level::error) {
    findings_.push_back({Code::dmn_structure, level, std::move(message), where(at)});
  }

  std::uint32_t line_at(std::ptrdiff_t offset) const {
    const auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(),
                                        static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, offset)));
    return static_cast<std::uint32_t>(after - line_starts_.begin()) + 1;
  }
  std::uint32_t line(pugi::xml_node node) const { return line_at(node.offset_debug()); }

  static std::string attribute(pugi::xml_node node, const char *key) { return node.attribute(key).value(); }

  static std::string uri_of(pugi::xml_node node) {
    const std::string_view name = node.name();
    const std::size_t colon = name.find(':');
    const std::string key = colon == std::string_view::npos ? "xmlns" : "xmlns:" + std::string(name.substr(0, colon));
    for (pugi::xml_node at = node; at; at = at.parent())
      if (const auto found = at.attribute(key.c_str()))
        return found.value();
    return {};
  }

  // The name of an element of DMN without its prefix; empty for an element of another namespace.
  std::string_view local(pugi::xml_node node) {
    if (node.type() != pugi::node_element)
      return {};
    std::string_view name = node.name();
    const std::size_t colon = name.find(':');
    const std::string_view prefix = colon == std::string_view::npos ? std::string_view() : name.substr(0, colon);
    // Prefixes are declared on the root in practice: remember the last one seen there.
    if (!(known_prefix_ && prefix == *known_prefix_ && !node.attribute("xmlns"))) {
      if (!is_dmn(uri_of(node)))
        return {};
      if (!node.parent() || node.parent().type() == pugi::node_document)
        known_prefix_ = std::string(prefix);
    }
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
  }

  template <typename Result> void name(pugi::xml_node node, Result &result) {
    result.id = attribute(node, "id");
    result.name = trimmed(attribute(node, "name"));
    result.label = attribute(node, "label");
    result.line = line(node);
    for (const auto &child : node.children())
      if (local(child) == "description")
        result.description = trimmed(child.text().get());
  }

  // Elements that may stand anywhere and say nothing to an evaluation.
  static bool is_aside(std::string_view local) {
    return local.empty() || local == "description" || local == "extensionElements";
  }

  void unexpected(pugi::xml_node node) {
    if (is_aside(local(node)))
      return;
    find("the element `" + std::string(local(node)) + "` is not expected in `" + std::string(local(node.parent())) +
             "`",
         line(node));
  }

  Text text(pugi::xml_node node) {
    Text result;
    result.line = line(node);
    for (const auto &child : node.children())
      if (local(child) == "text") {
        // CDATA and plain parts of one text are siblings.
        for (const auto &part : child.children())
          if (part.type() == pugi::node_pcdata || part.type() == pugi::node_cdata)
            result.text += part.value();
        result.line = line(child);
      } else {
        unexpected(child);
      }
    const std::string language = attribute(node, "expressionLanguage");
    if (!is_feel(language))
      find("the expression language `" + language + "` is not FEEL", result.line);
    return result;
  }

  VariableDecl variable(pugi::xml_node node) {
    VariableDecl result;
    name(node, result);
    result.type_ref = type_ref(node);
    return result;
  }

  // An attribute; an element in `typeRef` of item definitions.
  static std::string type_ref(pugi::xml_node node, const char *key = "typeRef") {
    return trimmed(attribute(node, key));
  }

  Reference reference(pugi::xml_node node) {
    const std::string href = trimmed(attribute(node, "href"));
    Reference result;
    result.line = line(node);
    const std::size_t hash = href.rfind('#');
    if (hash != std::string::npos)
      result.model_namespace = href.substr(0, hash);
    result.id = hash == std::string::npos ? href : href.substr(hash + 1);
    if (result.id.empty())
      find("a reference has no id in its href", result.line);
    return result;
  }

  // The reference inside a requirement: <informationRequirement><requiredInput href="#a"/></informationRequirement>.
  void requirement(pugi::xml_node node,
                   std::initializer_list<std::pair<std::string_view, std::vector<Reference> *>> into) {
    for (const auto &child : node.children()) {
      bool taken = false;
      for (const auto &[key, list] : into)
        if (local(child) == key) {
          list->push_back(reference(child));
          taken = true;
        }
      if (!taken)
        unexpected(child);
    }
  }

  void read_top(pugi::xml_node node, Document &document) {
    const std::string_view kind = local(node);
    element_.clear();
    if (kind == "import")
      document.imports.push_back(import(node));
    else if (kind == "itemDefinition")
      document.types.push_back(item(node, 0));
    else if (kind == "inputData")
      document.inputs.push_back(input(node));
    else if (kind == "decision")
      document.decisions.push_back(decision(node));
    else if (kind == "businessKnowledgeModel")
      document.functions.push_back(knowledge(node));
    else if (kind == "decisionService")
      document.services.push_back(service(node));
    else if (kind == "knowledgeSource")
      document.authorities.push_back(authority(node));
    else if (kind != "textAnnotation" && kind != "association" && kind != "group" && kind != "performanceIndicator" &&
             kind != "organizationUnit" && kind != "elementCollection")
      unexpected(node);
    element_.clear();
  }

  void required_name(const Named &named, std::string_view kind) {
    element_ = std::string(kind) + " '" + named.name + "'";
    if (named.name.empty())
      find("a " + std::string(kind) + " has no name", named.line);
  }

  ImportDecl import(pugi::xml_node node) {
    ImportDecl result;
    name(node, result);
    result.model_namespace = attribute(node, "namespace");
    result.import_type = attribute(node, "importType");
    return result;
  }

  ItemDefinition item(pugi::xml_node node, int depth) {
    ItemDefinition result;
    name(node, result);
    if (depth == 0)
      required_name(result, "item definition");
    else if (result.name.empty())
      find("an item component has no name", result.line);
    result.collection = attribute(node, "isCollection") == "true" || attribute(node, "isCollection") == "1";
    result.type_ref = type_ref(node);
    for (const auto &child : node.children()) {
      const std::string_view kind = local(child);
      if (kind == "typeRef")
        result.type_ref = trimmed(child.text().get());
      else if (kind == "allowedValues")
        result.allowed_values = text(child);
      else if (kind == "typeConstraint")
        result.type_constraint = text(child);
      else if (kind == "itemComponent")
        result.components.push_back(item(child, depth + 1));
      else if (kind == "functionItem") {
        result.function = true;
        result.output_type_ref = type_ref(child, "outputTypeRef");
        for (const auto &parameter : child.children())
          if (local(parameter) == "parameters")
            result.parameters.push_back(variable(parameter));
          else
            unexpected(parameter);
      } else {
        unexpected(child);
      }
    }
    return result;
  }

  InputDecl input(pugi::xml_node node) {
    InputDecl result;
    name(node, result);
    required_name(result, "input");
    for (const auto &child : node.children())
      if (local(child) == "variable")
        result.variable = variable(child);
      else
        unexpected(child);
    return result;
  }

  DecisionDecl decision(pugi::xml_node node) {
    DecisionDecl result;
    name(node, result);
    required_name(result, "decision");
    for (const auto &child : node.children()) {
      const std::string_view kind = local(child);
      if (kind == "question")
        result.question = trimmed(child.text().get());
      else if (kind == "variable")
        result.variable = variable(child);
      else if (kind == "informationRequirement")
        requirement(child, {{"requiredInput", &result.inputs}, {"requiredDecision", &result.decisions}});
      else if (kind == "knowledgeRequirement")
        requirement(child, {{"requiredKnowledge", &result.knowledge}});
      else if (kind == "authorityRequirement")
        requirement(child, {{"requiredAuthority", &result.authorities},
                            {"requiredInput", nullptr_list()},
                            {"requiredDecision", nullptr_list()}});
      else if (is_expression(kind))
        take_expression(child, result.logic);
      else if (kind != "allowedAnswers" && kind != "supportedObjective" && kind != "impactedPerformanceIndicator" &&
               kind != "decisionMaker" && kind != "decisionOwner" && kind != "usingProcess" && kind != "usingTask")
        unexpected(child);
    }
    return result;
  }

  std::vector<Reference> *nullptr_list() { return &ignored_; }

  KnowledgeDecl knowledge(pugi::xml_node node) {
    KnowledgeDecl result;
    name(node, result);
    required_name(result, "business knowledge model");
    for (const auto &child : node.children()) {
      const std::string_view kind = local(child);
      if (kind == "variable")
        result.variable = variable(child);
      else if (kind == "encapsulatedLogic")
        result.logic = function(child);
      else if (kind == "knowledgeRequirement")
        requirement(child, {{"requiredKnowledge", &result.knowledge}});
      else if (kind == "authorityRequirement")
        requirement(child, {{"requiredAuthority", &result.authorities},
                            {"requiredInput", nullptr_list()},
                            {"requiredDecision", nullptr_list()}});
      else
        unexpected(child);
    }
    return result;
  }

  ServiceDecl service(pugi::xml_node node) {
    ServiceDecl result;
    name(node, result);
    required_name(result, "decision service");
    for (const auto &child : node.children()) {
      const std::string_view kind = local(child);
      if (kind == "variable")
        result.variable = variable(child);
      else if (kind == "outputDecision")
        result.outputs.push_back(reference(child));
      else if (kind == "encapsulatedDecision")
        result.encapsulated.push_back(reference(child));
      else if (kind == "inputDecision")
        result.input_decisions.push_back(reference(child));
      else if (kind == "inputData")
        result.input_data.push_back(reference(child));
      else
        unexpected(child);
    }
    return result;
  }

  AuthorityDecl authority(pugi::xml_node node) {
    AuthorityDecl result;
    name(node, result);
    result.location = attribute(node, "locationURI");
    return result;
  }

  static bool is_expression(std::string_view kind) {
    constexpr std::array<std::string_view, 12> kinds{
        "literalExpression",  "context",     "decisionTable", "invocation", "list", "relation",
        "functionDefinition", "conditional", "filter",        "for",        "some", "every"};
    return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
  }

  void take_expression(pugi::xml_node node, BoxedPtr &into) {
    if (into)
      find("a second expression stands beside the first", line(node));
    else
      into = expression(node);
  }

  // The one expression inside an element such as <if> or <binding>; a literal null when it is missing.
  BoxedPtr inner(pugi::xml_node node, std::initializer_list<std::string_view> besides = {}) {
    BoxedPtr result;
    for (const auto &child : node.children()) {
      const std::string_view kind = local(child);
      if (is_expression(kind))
        take_expression(child, result);
      else if (std::find(besides.begin(), besides.end(), kind) == besides.end())
        unexpected(child);
    }
    if (!result)
      return missing(node);
    return result;
  }

  // Stands for an expression that is not there: an empty text, which binding refuses.
  BoxedPtr missing(pugi::xml_node node, std::string_view what = "an expression") {
    find(std::string(what) + " is missing in `" + std::string(local(node)) + "`", line(node));
    auto result = std::make_unique<Boxed>();
    result->line = line(node);
    return result;
  }

  BoxedPtr child_expression(pugi::xml_node node, std::string_view key) {
    for (const auto &child : node.children())
      if (local(child) == key)
        return inner(child);
    return missing(node, "the element `" + std::string(key) + "`");
  }

  void only(pugi::xml_node node, std::initializer_list<std::string_view> keys) {
    for (const auto &child : node.children())
      if (std::find(keys.begin(), keys.end(), local(child)) == keys.end())
        unexpected(child);
  }

  BoxedPtr expression(pugi::xml_node node) {
    const std::string_view kind = local(node);
    if (kind == "functionDefinition")
      return function(node);
    auto result = std::make_unique<Boxed>();
    name(node, *result);
    result->type_ref = type_ref(node);
    if (kind == "literalExpression")
      literal(node, *result);
    else if (kind == "context")
      context(node, *result);
    else if (kind == "decisionTable")
      result->kind = BoxedKind::table, result->table = table(node);
    else if (kind == "invocation")
      invocation(node, *result);
    else if (kind == "list") {
      result->kind = BoxedKind::list;
      for (const auto &child : node.children())
        if (is_expression(local(child)))
          result->children.push_back(expression(child));
        else
          unexpected(child);
    } else if (kind == "relation")
      relation(node, *result);
    else if (kind == "conditional")
      parts(node, *result, BoxedKind::conditional, {"if", "then", "else"});
    else if (kind == "filter")
      parts(node, *result, BoxedKind::filter, {"in", "match"});
    else {
      VariableDecl iterator;
      iterator.name = trimmed(attribute(node, "iteratorVariable"));
      iterator.line = result->line;
      if (iterator.name.empty())
        find("an iteration has no iteratorVariable", result->line);
      for (const auto &child : node.children())
        if (local(child) == "in")
          iterator.type_ref = type_ref(child);
      result->names.push_back(std::move(iterator));
      if (kind == "for")
        parts(node, *result, BoxedKind::for_loop, {"in", "return"});
      else
        parts(node, *result, kind == "some" ? BoxedKind::some : BoxedKind::every, {"in", "satisfies"});
    }
    return result;
  }

  void parts(pugi::xml_node node, Boxed &result, BoxedKind kind, std::initializer_list<std::string_view> keys) {
    result.kind = kind;
    for (const std::string_view key : keys)
      result.children.push_back(child_expression(node, key));
    only(node, keys);
  }

  void literal(pugi::xml_node node, Boxed &result) {
    result.kind = BoxedKind::literal;
    result.language = default_language_;
    if (const std::string own = attribute(node, "expressionLanguage"); !own.empty())
      result.language = is_feel(own) ? std::string() : own;
    for (const auto &child : node.children())
      if (local(child) == "text")
        result.text = text(node).text;
      else if (local(child) == "importedValues")
        find("imported values are not supported", line(child));
      else
        unexpected(child);
  }

  void context(pugi::xml_node node, Boxed &result) {
    result.kind = BoxedKind::context;
    for (const auto &entry : node.children()) {
      if (local(entry) != "contextEntry") {
        unexpected(entry);
        continue;
      }
      VariableDecl named;
      named.line = line(entry);
      for (const auto &child : entry.children())
        if (local(child) == "variable")
          named = variable(child);
      if (!result.names.empty() && result.names.back().name.empty())
        find("an entry stands after the result of the context", named.line);
      result.names.push_back(std::move(named));
      result.children.push_back(inner(entry, {"variable"}));
    }
  }

  void invocation(pugi::xml_node node, Boxed &result) {
    result.kind = BoxedKind::invocation;
    BoxedPtr called;
    for (const auto &child : node.children())
      if (is_expression(local(child)))
        take_expression(child, called);
    result.children.push_back(called ? std::move(called) : missing(node));
    for (const auto &child : node.children()) {
      if (local(child) != "binding") {
        if (!is_expression(local(child)))
          unexpected(child);
        continue;
      }
      VariableDecl parameter;
      parameter.line = line(child);
      BoxedPtr argument;
      for (const auto &part : child.children())
        if (local(part) == "parameter")
          parameter = variable(part);
        else if (is_expression(local(part)))
          take_expression(part, argument);
        else
          unexpected(part);
      if (parameter.name.empty())
        find("a binding has no parameter", parameter.line);
      if (!argument) { // a parameter left out is null
        argument = std::make_unique<Boxed>();
        argument->text = "null";
        argument->line = parameter.line;
      }
      result.names.push_back(std::move(parameter));
      result.children.push_back(std::move(argument));
    }
  }

  void relation(pugi::xml_node node, Boxed &result) {
    result.kind = BoxedKind::relation;
    for (const auto &child : node.children())
      if (local(child) == "column")
        result.names.push_back(variable(child));
      else if (local(child) != "row")
        unexpected(child);
    for (const auto &row : node.children()) {
      if (local(row) != "row")
        continue;
      std::size_t cells = 0;
      for (const auto &cell : row.children())
        if (is_expression(local(cell)))
          result.children.push_back(expression(cell)), ++cells;
        else
          unexpected(cell);
      if (cells != result.names.size())
        find("a row of the relation has " + std::to_string(cells) + " cells for " +
                 std::to_string(result.names.size()) + " columns",
             line(row));
      for (; cells < result.names.size(); ++cells) {
        result.children.push_back(std::make_unique<Boxed>());
        result.children.back()->text = "null";
        result.children.back()->line = line(row);
      }
    }
  }

  BoxedPtr function(pugi::xml_node node) {
    auto result = std::make_unique<Boxed>();
    name(node, *result);
    result->kind = BoxedKind::function;
    result->type_ref = type_ref(node);
    result->function_kind = attribute(node, "kind");
    if (result->function_kind.empty())
      result->function_kind = "FEEL";
    BoxedPtr body;
    for (const auto &child : node.children())
      if (local(child) == "formalParameter")
        result->names.push_back(variable(child));
      else if (is_expression(local(child)))
        take_expression(child, body);
      else
        unexpected(child);
    result->children.push_back(body ? std::move(body) : missing(node));
    return result;
  }

  std::unique_ptr<TableDecl> table(pugi::xml_node node) {
    auto result = std::make_unique<TableDecl>();
    name(node, *result);
    if (const std::string policy = attribute(node, "hitPolicy"); !policy.empty())
      result->hit_policy = policy;
    result->aggregation = attribute(node, "aggregation");
    result->output_label = attribute(node, "outputLabel");
    constexpr std::array<std::string_view, 7> policies{"UNIQUE",  "FIRST",      "PRIORITY",    "ANY",
                                                       "COLLECT", "RULE ORDER", "OUTPUT ORDER"};
    if (std::find(policies.begin(), policies.end(), result->hit_policy) == policies.end())
      find("the hit policy `" + result->hit_policy + "` does not exist", result->line);
    constexpr std::array<std::string_view, 5> aggregations{"", "SUM", "COUNT", "MIN", "MAX"};
    if (std::find(aggregations.begin(), aggregations.end(), result->aggregation) == aggregations.end())
      find("the aggregation `" + result->aggregation + "` does not exist", result->line);
    for (const auto &child : node.children()) {
      const std::string_view kind = local(child);
      if (kind == "input")
        result->inputs.push_back(input_column(child));
      else if (kind == "output")
        result->outputs.push_back(output_column(child));
      else if (kind == "annotation")
        result->annotation_names.push_back(attribute(child, "name"));
      else if (kind == "rule")
        result->rules.push_back(rule(child));
      else
        unexpected(child);
    }
    if (result->outputs.empty())
      find("a decision table has no output", result->line);
    for (std::size_t i = 0; i < result->rules.size(); ++i) {
      const RuleDecl &rule = result->rules[i];
      if (rule.inputs.size() != result->inputs.size() || rule.outputs.size() != result->outputs.size())
        find("rule " + std::to_string(i + 1) + " has " + std::to_string(rule.inputs.size()) + " input and " +
                 std::to_string(rule.outputs.size()) + " output entries for " + std::to_string(result->inputs.size()) +
                 " and " + std::to_string(result->outputs.size()) + " columns",
             rule.line);
    }
    return result;
  }

  ColumnDecl input_column(pugi::xml_node node) {
    ColumnDecl result;
    name(node, result);
    bool given = false;
    for (const auto &child : node.children())
      if (local(child) == "inputExpression") {
        result.expression = text(child);
        result.type_ref = type_ref(child);
        given = true;
      } else if (local(child) == "inputValues")
        result.values = text(child);
      else
        unexpected(child);
    if (!given)
      find("an input of a decision table has no inputExpression", result.line);
    return result;
  }

  ColumnDecl output_column(pugi::xml_node node) {
    ColumnDecl result;
    name(node, result);
    result.type_ref = type_ref(node);
    for (const auto &child : node.children())
      if (local(child) == "outputValues")
        result.values = text(child);
      else if (local(child) == "defaultOutputEntry")
        result.default_output = text(child);
      else
        unexpected(child);
    return result;
  }

  RuleDecl rule(pugi::xml_node node) {
    RuleDecl result;
    name(node, result);
    const auto annotate = [&](std::string annotation) {
      if (!annotation.empty() &&
          std::find(result.annotations.begin(), result.annotations.end(), annotation) == result.annotations.end())
        result.annotations.push_back(std::move(annotation));
    };
    annotate(result.description);
    for (const auto &child : node.children())
      if (local(child) == "inputEntry")
        result.inputs.push_back(text(child));
      else if (local(child) == "outputEntry")
        result.outputs.push_back(text(child));
      else if (local(child) == "annotationEntry")
        annotate(trimmed(text(child).text));
      else
        unexpected(child);
    return result;
  }

  const Source &source_;
  const LoadOptions &options_;
  std::vector<Diagnostic> &findings_;
  std::vector<std::size_t> line_starts_;
  std::optional<std::string> known_prefix_;
  std::string default_language_, element_;
  std::vector<Reference> ignored_;
};

} // namespace

Document read_document(const Source &source, const LoadOptions &options, std::vector<Diagnostic> &findings) {
  return Reader(source, options, findings).read();
}

} // namespace spie::dmn
