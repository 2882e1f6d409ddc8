#include "rules/pack/pack_impl.hpp"
#include "rules/pack/reasons.hpp"

#include "crypto/digest.hpp"
#include "rules/dmn/model_impl.hpp"
#include "rules/pack/facts.hpp"
#include "rules/pack/prepared.hpp"
#include "spie/json.hpp"
#include "text/suggestion.hpp"

#include <algorithm>
#include <map>

namespace spie::pack {

namespace {

const std::string *file(const Pack::Files &files, std::string_view name) {
  for (const auto &[path, bytes] : files)
    if (path == name)
      return &bytes;
  return nullptr;
}

// "cas/entree.json" in folder "cas/": a plain name with the extension.
bool stands_in(std::string_view path, std::string_view folder, std::string_view extension) {
  return path.starts_with(folder) && path.ends_with(extension) && is_plain_name(path.substr(folder.size()));
}

constexpr std::size_t json_step = 16; // bytes

std::optional<feel::Value> parse(const std::string &name, const std::string &bytes, PackLoading &load,
                                 std::vector<Diagnostic> &findings) {
  load.loading.check(Code::pack_json, name, static_cast<std::int64_t>(1 + bytes.size() / json_step));
  try {
    return read_json(bytes, name, load.json);
  } catch (const Error &error) {
    const Diagnostic &first = error.first();
    const bool limit = first.code == Code::json_limit;
    findings.push_back(
        {Code::pack_json, Level::error, std::string(text(first.code)) + ' ' + first.message,
         first.where.empty() ? name : first.where,
         limit ? feel::limit_remedy(bytes.size() > load.json.bytes ? "bytes" : "depth") : std::string()});
    return std::nullopt;
  }
}

bool any_error(const std::vector<Diagnostic> &findings) {
  return std::any_of(findings.begin(), findings.end(),
                     [](const Diagnostic &finding) { return finding.level == Level::error; });
}

// Error is made of its errors alone; a load that succeeds keeps the rest for check.
[[noreturn]] void refuse(const std::vector<Diagnostic> &findings) {
  std::vector<Diagnostic> errors;
  for (const Diagnostic &finding : findings)
    if (finding.level == Level::error)
      errors.push_back(finding);
  throw Error(std::move(errors));
}

template <typename Items, typename Name> bool has(const Items &items, const std::string &name, Name name_of) {
  return std::any_of(items.begin(), items.end(), [&](const auto &item) { return name_of(item) == name; });
}

// A document that says {"etend": true} replaces its base's entry by entry: of each object that both hold, the base's
// members that the child has not.
feel::Value extended(const feel::Value &own, const feel::Value &base) {
  const auto member = [](const feel::Value &of, std::string_view key) {
    return of.is(feel::Kind::context) ? of.context().find(key) : nullptr;
  };
  const feel::Value *extends = member(own, "etend");
  if (extends == nullptr || !extends->is_true() || !base.is(feel::Kind::context))
    return own;
  feel::Context merged = own.context();
  for (const auto &[key, inherited] : base.context()) {
    const feel::Value *mine = merged.find(key);
    if (mine == nullptr) {
      merged.set(key, inherited);
    } else if (mine->is(feel::Kind::context) && inherited.is(feel::Kind::context)) {
      feel::Context both = mine->context();
      for (const auto &[name, value] : inherited.context())
        if (both.find(name) == nullptr)
          both.set(name, value);
      merged.set(key, std::move(both));
    }
  }
  return merged;
}

} // namespace

// What is nested deeper than its models may be is read of a document of JSON alone, unless the caller says how deep.
PackLoading::PackLoading(const LoadLimits &asked) : loading(asked, dmn::usual_limits) {
  if (asked.depth != 0)
    json.depth = asked.depth;
  json.bytes = loading.limits().bytes;
}

PackImpl::PackImpl(const Files &files, const std::vector<std::shared_ptr<const Pack>> &bases, PackLoading &loading) {
  std::vector<Diagnostic> findings;
  read_files(files, loading, findings);
  const PackImpl *base = nullptr;
  if (manifest_.extends && !manifest_.extends->id.empty()) {
    for (const auto &candidate : bases)
      if (candidate != nullptr && candidate->id() == manifest_.extends->id)
        base = dynamic_cast<const PackImpl *>(candidate.get());
    if (base == nullptr)
      findings.push_back({Code::pack_extends, Level::error,
                          "the pack '" + manifest_.extends->id + "' that this one extends is not given",
                          "pack.json#/extends/id"});
    else if (!manifest_.extends->range.accepts(base->manifest_.version_parts))
      findings.push_back({Code::pack_extends, Level::error,
                          "the pack '" + base->id() + "' has version " + base->version() + ", not in \"" +
                              manifest_.extends->version + '"',
                          "pack.json#/extends/version"});
  }
  if (any_error(findings))
    refuse(findings);
  if (base != nullptr)
    merge(*base);
  digest(files);
  if (base != nullptr) {
    sha256_ = crypto::hex(crypto::sha256({sha256_, base->sha256_}));
  }
  bind(loading.loading, findings);
  if (any_error(findings))
    refuse(findings);
  findings_ = std::move(findings);
}

void PackImpl::read_files(const Files &files, PackLoading &loading, std::vector<Diagnostic> &findings) {
  for (std::size_t i = 0; i < files.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (files[i].first == files[j].first)
        findings.push_back(
            {Code::pack_duplicate, Level::error, "the file '" + files[i].first + "' is given twice", files[i].first});
  const std::string *manifest = file(files, "pack.json");
  if (manifest == nullptr) {
    findings.push_back({Code::pack_file, Level::error, "the file pack.json is missing", "pack.json"});
    return;
  }
  if (const auto root = parse("pack.json", *manifest, loading, findings))
    manifest_ = read_manifest(Reader(*root, "pack.json", in(findings)));
  roles_ = manifest_.roles;
  units_ = manifest_.unites;
  labels_.insert(manifest_.libelles.begin(), manifest_.libelles.end());
  tones_.insert(manifest_.tons.begin(), manifest_.tons.end());
  incomplete_.insert(manifest_.incompletes.begin(), manifest_.incompletes.end());
  if (const std::string *bytes = file(files, "articles.json"))
    if (const auto root = parse("articles.json", *bytes, loading, findings))
      articles_ = read_articles(Reader(*root, "articles.json", in(findings)), id());
  if (const std::string *bytes = file(files, "parametres.json"))
    if (const auto root = parse("parametres.json", *bytes, loading, findings))
      parameters_ = read_parameters(Reader(*root, "parametres.json", in(findings)), id());
  for (const std::string &name : manifest_.modeles) {
    if (const std::string *bytes = file(files, name))
      sources_.push_back({name, *bytes});
    else
      findings.push_back({Code::pack_file, Level::error, "the model '" + name + "' is missing", "pack.json#/modeles"});
  }
  for (const auto &[name, bytes] : files) {
    const bool data = stands_in(name, "donnees/", ".json");
    if (!data && !stands_in(name, "cas/", ".json"))
      continue;
    const auto root = parse(name, bytes, loading, findings);
    if (!root)
      continue;
    const Reader reader(*root, name, in(findings));
    if (data) {
      DataFile read = read_data(reader, id(), name);
      if (!read.input.empty() && (data_input(read.input) != nullptr || find_parameter(read.input) != nullptr))
        reader.fault("the list '" + read.input + "' bears the name of another list or of a parameter",
                     Code::pack_duplicate);
      add_labels(read.document, labels_);
      data_.push_back(std::move(read));
      continue;
    }
    for (PackCase &one : read_cases(reader, id(), name)) {
      if (!one.nom.empty() && has(cases_, one.nom, [](const PackCase &other) { return other.nom; }))
        reader.fault("the case '" + one.nom + "' stands twice", Code::pack_duplicate);
      cases_.push_back(std::move(one));
    }
  }
}

// What the child does not replace by name is kept as it is in the base.
void PackImpl::merge(const PackImpl &base) {
  bases_.push_back(base.id());
  bases_.insert(bases_.end(), base.bases_.begin(), base.bases_.end());
  for (const Article &article : base.articles_)
    if (find_article(article.id) == nullptr)
      articles_.push_back(article);
  for (const PackParameter &parameter : base.parameters_) {
    const auto own = std::find_if(parameters_.begin(), parameters_.end(),
                                  [&](const PackParameter &one) { return one.nom == parameter.nom; });
    if (own == parameters_.end()) {
      parameters_.push_back(parameter);
      continue;
    }
    // A child's that begins later leaves the parent's values before its first date.
    std::vector<ParameterValue> before;
    for (const ParameterValue &value : parameter.valeurs)
      if (own->type == parameter.type && !own->valeurs.empty() && value.depuis < own->valeurs.front().depuis &&
          parameter_allows(*own, value.valeur))
        before.push_back(value);
    own->valeurs.insert(own->valeurs.begin(), before.begin(), before.end());
  }
  for (const PackCase &one : base.cases_)
    if (!has(cases_, one.nom, [](const PackCase &other) { return other.nom; }))
      cases_.push_back(one);
  for (DataFile &own : data_)
    if (const feel::Value *inherited = base.data(own.stem); inherited != nullptr)
      own.document = extended(own.document, *inherited);
  for (const DataFile &list : base.data_)
    if (data(list.stem) == nullptr && (list.input.empty() || data_input(list.input) == nullptr))
      data_.push_back(list);
  for (const auto &[name, decision] : base.roles_)
    if (role(name).empty())
      roles_.emplace_back(name, decision);
  for (const auto &[name, unit] : base.units_)
    if (unit_of(name).empty())
      units_.emplace_back(name, unit);
  labels_.insert(base.labels_.begin(), base.labels_.end());
  tones_.insert(base.tones_.begin(), base.tones_.end());
  incomplete_.insert(base.incomplete_.begin(), base.incomplete_.end());
  // A base's file is named with its pack, so that two "entree.dmn" are told apart.
  std::vector<dmn::Source> sources;
  for (const dmn::Source &source : base.sources_) {
    const bool own = source.name.find('/') == std::string::npos;
    sources.push_back({own ? base.id() + '/' + source.name : source.name, source.xml});
  }
  sources.insert(sources.end(), std::make_move_iterator(sources_.begin()), std::make_move_iterator(sources_.end()));
  sources_ = std::move(sources);
}

void PackImpl::bind(feel::Loading &loading, std::vector<Diagnostic> &findings) {
  if (sources_.empty()) {
    findings.push_back(
        {Code::pack_json, Level::error, "the pack has no model, nor has what it extends", "pack.json#/modeles"});
    return;
  }
  dmn::LoadOptions options;
  options.strict = true;
  options.merge = true;
  options.clock = false;
  model_ = std::make_shared<const dmn::ModelImpl>(sources_, options, loading);
  for (const dmn::ElementInfo &input : model_->inputs())
    input_names_.insert(input.name);
  for (const dmn::ElementInfo &decision : model_->decisions())
    if (decision.has_table)
      rules_.emplace(decision.name, written_rules(model_->describe(decision.name)));
  for (const dmn::ElementInfo &decision : model_->decisions())
    for (const dmn::FactInfo &fact : model_->facts(decision.name))
      reads_[decision.name].insert(root_of(fact.path));
  for (const dmn::ElementInfo &input : model_->inputs())
    if (find_parameter(input.name) == nullptr && data_input(input.name) == nullptr &&
        model_->find_decision(input.name) == nullptr)
      facts_.emplace(input.name, &input);
  for (const PackParameter &parameter : parameters_) {
    if (parameter.lu_au.empty())
      continue;
    const std::string place = "parametres.json, parameter '" + parameter.nom + "', lu_au";
    const auto type = type_of_fact(parameter.lu_au);
    std::vector<std::string> dates;
    for (const dmn::ElementInfo &input : model_->inputs())
      if (input.type.kind() == feel::Type::Kind::date)
        dates.push_back(input.name);
    if (!type || find_parameter(root_of(parameter.lu_au)) != nullptr || data_input(root_of(parameter.lu_au)) != nullptr)
      findings.push_back({Code::pack_unknown_fact, Level::error, unknown("fact", parameter.lu_au, dates), place});
    else if (type->kind() != feel::Type::Kind::date)
      findings.push_back({Code::pack_parameter_type, Level::error,
                          "the fact '" + parameter.lu_au + "' is a " + type->to_string() + ", a date is expected",
                          place});
  }
  for (const PackParameter &parameter : parameters_) {
    const dmn::ElementInfo *input = model_->find_input(parameter.nom);
    const auto declared = feel::Type::named(parameter.type);
    if (input == nullptr || !declared || input->type.is_any())
      continue;
    if (!declared->conforms_to(input->type))
      findings.push_back({Code::pack_parameter_type, Level::error,
                          "the parameter '" + parameter.nom + "' is a " + parameter.type +
                              ", the model reads it as a " + input->type.to_string(),
                          "parametres.json, parameter '" + parameter.nom + "'"});
  }
  for (const DataFile &list : data_) {
    if (list.input.empty())
      continue;
    const dmn::ElementInfo *input = model_->find_input(list.input);
    const feel::Value *values = list.document.context().find("valeurs");
    if (input == nullptr || values == nullptr)
      continue;
    std::vector<Diagnostic> faults;
    FactFaults words(list.file + "#/valeurs", faults);
    dmn::ValueFacts source;
    dmn::Admission admission(dmn::Admission::Manner::facts, source, words);
    lists_.emplace_back(list.input, admission.admit(values, input->type, {nullptr, list.input}));
    for (Diagnostic &fault : faults) {
      fault.code = Code::pack_json; // the same faults as a fact's, but in a file of the pack
      findings.push_back(std::move(fault));
    }
  }
}

// Over what the pack reads and nothing else: a folder and the same bytes given by name have one digest.
void PackImpl::digest(const Files &files) {
  std::map<std::string_view, std::string_view> read;
  for (const auto &[name, bytes] : files)
    if (name == "pack.json" || name == "articles.json" || name == "parametres.json" ||
        stands_in(name, "donnees/", ".json") || stands_in(name, "cas/", ".json") ||
        std::find(manifest_.modeles.begin(), manifest_.modeles.end(), name) != manifest_.modeles.end())
      read.emplace(name, bytes);
  crypto::Sha256 sha;
  for (const auto &[name, bytes] : read) {
    // Lengths first: no bytes moved from one file to the next leave the digest as it was.
    sha.update(std::to_string(name.size()) + ' ' + std::to_string(bytes.size()) + ' ');
    sha.update(name);
    sha.update(bytes);
  }
  sha256_ = crypto::hex(sha.finish());
}

const Article *PackImpl::find_article(std::string_view id) const {
  const auto found = std::find_if(articles_.begin(), articles_.end(), [&](const Article &a) { return a.id == id; });
  return found == articles_.end() ? nullptr : &*found;
}

const PackParameter *PackImpl::find_parameter(std::string_view name) const {
  const auto found =
      std::find_if(parameters_.begin(), parameters_.end(), [&](const PackParameter &p) { return p.nom == name; });
  return found == parameters_.end() ? nullptr : &*found;
}

const ParameterValue &PackImpl::parameter_at(std::string_view name, feel::Date date) const {
  const PackParameter *parameter = find_parameter(name);
  if (parameter == nullptr) {
    std::vector<std::string> names;
    for (const PackParameter &one : parameters_)
      names.push_back(one.nom);
    throw Error(
        Diagnostic{Code::pack_unknown_fact, Level::error, unknown("parameter", name, names), std::string(name)});
  }
  return value_at(*parameter, date);
}

const ParameterValue &PackImpl::value_at(const PackParameter &parameter, feel::Date date) const {
  const ParameterValue *last = nullptr;
  for (const ParameterValue &value : parameter.valeurs)
    if (value.depuis <= date)
      last = &value;
  if (last == nullptr)
    throw Error(Diagnostic{Code::pack_no_parameter_value, Level::error,
                           "the parameter '" + parameter.nom + "' has no value on " + date.to_string() +
                               ": its first takes effect on " + parameter.valeurs.front().depuis.to_string(),
                           parameter.nom});
  return *last;
}

const feel::Value *PackImpl::data(std::string_view name) const {
  const auto found = std::find_if(data_.begin(), data_.end(), [&](const DataFile &d) { return d.stem == name; });
  return found == data_.end() ? nullptr : &found->document;
}

const DataFile *PackImpl::data_input(std::string_view name) const {
  const auto found =
      std::find_if(data_.begin(), data_.end(), [&](const DataFile &d) { return !d.input.empty() && d.input == name; });
  return found == data_.end() ? nullptr : &*found;
}

std::string PackImpl::role(std::string_view role) const {
  for (const auto &[name, decision] : roles_)
    if (name == role)
      return decision;
  return {};
}

std::string PackImpl::unit_of(std::string_view path) const {
  std::string name;
  bool inside = false;
  for (const char c : path) {
    inside = inside ? c != ']' : c == '[';
    if (!inside && c != ']')
      name += c;
  }
  for (const auto &[known, unit] : units_)
    if (known == name)
      return unit;
  return {};
}

std::string PackImpl::root_of(std::string_view path) const {
  for (std::size_t end = path.size(); end != std::string_view::npos; // the longest that is an input
       end = end == 0 ? std::string_view::npos : path.find_last_of(".[", end - 1))
    if (const auto found = input_names_.find(path.substr(0, end)); found != input_names_.end())
      return *found;
  return std::string(path);
}

const WrittenRules *PackImpl::rules_of(std::string_view decision) const {
  const auto found = rules_.find(decision);
  return found == rules_.end() ? nullptr : &found->second;
}

std::optional<feel::Type> PackImpl::type_of_fact(std::string_view path) const {
  const std::string root = root_of(path);
  const dmn::ElementInfo *input = model_->find_input(root);
  if (input == nullptr)
    return std::nullopt;
  const feel::Type *type = &input->type;
  for (std::size_t at = root.size(); at < path.size() && type != nullptr;) {
    const std::size_t end = std::min(path.find('.', at + 1), path.size());
    type = path[at] == '.' ? type->member(path.substr(at + 1, end - at - 1)) : nullptr;
    at = end;
  }
  return type == nullptr ? std::nullopt : std::optional(*type);
}

std::vector<dmn::FactInfo> PackImpl::facts(std::string_view decision) const {
  std::vector<dmn::FactInfo> facts = model_->facts(decision);
  // A parameter brings the fact at whose date it is read.
  std::vector<std::string> dated;
  for (const dmn::FactInfo &fact : facts)
    if (const PackParameter *parameter = find_parameter(root_of(fact.path)); parameter && !parameter->lu_au.empty())
      dated.push_back(parameter->lu_au);
  for (const std::string &path : dated) {
    if (std::any_of(facts.begin(), facts.end(), [&](const dmn::FactInfo &fact) { return fact.path == path; }))
      continue;
    const auto type = type_of_fact(path);
    const dmn::ElementInfo *input = model_->find_input(path); // a member is said by its own name
    facts.push_back(
        {path, input == nullptr ? path.substr(path.rfind('.') + 1) : input->label, {}, type.value_or(feel::Type())});
  }
  std::erase_if(facts, [&](const dmn::FactInfo &fact) {
    const std::string root = root_of(fact.path);
    return find_parameter(root) != nullptr || data_input(root) != nullptr;
  });
  return facts;
}

const dmn::ElementInfo *PackImpl::fact(std::string_view name) const {
  if (const auto found = facts_.find(name); found != facts_.end())
    return found->second;
  // A name may be given with other spaces.
  const dmn::ElementInfo *input = model_->find_input(name);
  return input == nullptr || facts_.find(input->name) == facts_.end() ? nullptr : input;
}

Diagnostic PackImpl::no_fact(const std::string &name) const {
  const std::string where = '/' + name;
  if (find_parameter(name) != nullptr || data_input(name) != nullptr)
    return {Code::pack_shadow, Level::error, "'" + name + "' is a parameter or a list of the pack, not a fact", where};
  if (model_->find_decision(name) != nullptr)
    return {Code::pack_unknown_fact, Level::error, "'" + name + "' is decided by the pack, not given", where};
  std::vector<std::string> names;
  for (const dmn::ElementInfo &one : model_->inputs())
    if (find_parameter(one.name) == nullptr && data_input(one.name) == nullptr)
      names.push_back(one.name);
  return {Code::pack_unknown_fact, Level::error, unknown("fact", name, names), where};
}

const dmn::ElementInfo &PackImpl::require(std::string_view decision) const {
  if (const dmn::ElementInfo *asked = model_->find_decision(decision))
    return *asked;
  std::vector<std::string> names;
  for (const dmn::ElementInfo &one : model_->decisions())
    names.push_back(one.name);
  throw Error(Diagnostic{Code::dmn_unknown_decision, Level::error, unknown("decision", decision, names),
                         std::string(decision)});
}

// Only what a decision may read: a parameter without a value at this date is no obstacle to the others.
const std::set<std::string> &PackImpl::reads(const dmn::ElementInfo &decision) const {
  static const std::set<std::string> nothing;
  const auto found = reads_.find(decision.name); // as declared: a name may be asked with other spaces
  return found == reads_.end() ? nothing : found->second;
}

PackResult PackImpl::evaluate(std::string_view decision, const feel::Value &facts, feel::Date as_of,
                              const PackEvaluateOptions &options) const {
  const dmn::ElementInfo &asked = require(decision);
  if (const auto prepared = often_asked(asked))
    return prepared->evaluate(facts, as_of, options);
  return Prepared(*this, asked, reads(asked), Prepared::For::one_call).evaluate(facts, as_of, options);
}

std::shared_ptr<const Prepared> PackImpl::often_asked(const dmn::ElementInfo &decision) const {
  constexpr unsigned often = 16;
  const std::lock_guard lock(asked_mutex_);
  Asked &asked = asked_[decision.slot];
  if (asked.prepared == nullptr && ++asked.calls > often)
    asked.prepared = std::make_shared<Prepared>(*this, decision, reads(decision), Prepared::For::many);
  return asked.prepared;
}

std::shared_ptr<const PackDecision> PackImpl::decision(std::string_view name) const {
  const dmn::ElementInfo &asked = *model_->find_decision(model_->decision(name)->info().name);
  auto prepared = std::make_shared<Prepared>(*this, asked, reads(asked), Prepared::For::many);
  prepared->keep(shared_from_this());
  return prepared;
}

} // namespace spie::pack
