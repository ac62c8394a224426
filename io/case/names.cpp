#include "io/case/names.hpp"

#include <fmt/format.h>

#include <map>

#include "io/case/expressions.hpp"
#include "model/process.hpp"

namespace fpk::io::reader {
namespace {

bool is_identifier(std::string_view name) {
  const auto found = names_in_text(name);
  return found.size() == 1 && found.front().name == name && name.find('.') == name.npos;
}

/// Definitions in an order in which each uses only those before it.
class Definitions {
 public:
  Definitions(Document& document, formula::Scope& scope)
      : document_(document), table_(document.table("process.definitions")), scope_(scope) {}

  void read() {
    for (const std::string& name : document_.names_in("process.definitions")) resolve(name);
  }

 private:
  enum class State { unknown, open, done };

  void resolve(const std::string& name) {
    State& state = states_[name];
    if (state != State::unknown) return;
    state = State::open;
    const toml::node& node = *table_->get(name);
    const bool known = !document_.is_rejected(node) && uses_are_resolved(name, node);
    const auto f =
        known ? Expressions(document_, scope_).formula(node, "process.definitions." + name) : std::nullopt;
    // What is wrong here has been said: whoever uses the name shall not be told again.
    scope_.definitions.insert_or_assign(name, f.value_or(formula::Formula::variable(name)));
    states_[name] = State::done;
  }

  bool uses_are_resolved(const std::string& name, const toml::node& node) {
    for (const NameInText& used : names_in_text(node.value_or<std::string>(""))) {
      if (!table_->contains(used.name)) continue;
      if (states_[used.name] == State::open) {
        document_.complaints.add(
            document_.place(node, used.offset),
            fmt::format("the definition of {} goes round in a circle through {}", name, used.name),
            "define one of them without the other");
        return false;
      }
      resolve(used.name);
    }
    return true;
  }

  Document& document_;
  const toml::table* table_;
  formula::Scope& scope_;
  std::map<std::string, State> states_;
};

/// Complains where a name is taken already.
class Taken {
 public:
  explicit Taken(Document& document) : document_(document) {}

  bool claim(const std::string& name, const std::string& role, const Place& at) {
    if (!is_usable_name(document_, at, name)) return false;
    const auto [holder, is_new] = roles_.try_emplace(name, role);
    if (!is_new)
      document_.complaints.add(at, fmt::format("{} is {} already", name, holder->second),
                               "choose another name");
    return is_new;
  }

 private:
  Document& document_;
  std::map<std::string, std::string> roles_;
};

bool read_variables(Document& document, Taken& taken, Names& names) {
  const toml::node* list = document.find("process.variables");
  if (list == nullptr) return false;
  bool good = true;
  for (const toml::node& entry : *list->as_array()) {
    names.variables.push_back(*entry.value<std::string>());
    good = taken.claim(names.variables.back(), "a variable", document.place(entry)) && good;
  }
  names.scope.variables = names.variables;
  names.scope.variables.emplace_back(model::time_name);
  return good;
}

}  // namespace

bool is_usable_name(Document& document, const Place& at, const std::string& name) {
  std::string fault;
  if (!is_identifier(name))
    fault = fmt::format("\"{}\" is no name that a formula can use", name);
  else if (name == model::time_name)
    fault = "t is the time";
  else if (formula::is_reserved(name))
    fault = fmt::format("{} has a meaning of its own in formulas", name);
  if (!fault.empty())
    document.complaints.add(at, fault, "choose a name of letters, digits and _ that starts with a letter");
  return fault.empty();
}

std::optional<Names> read_names(Document& document) {
  Names names;
  Taken taken(document);
  const bool good = read_variables(document, taken, names);
  for (const std::string& name : document.names_in("process.parameters")) {
    taken.claim(name, "a parameter", document.place_of_key("process.parameters", name));
    names.scope.parameters[name] = document.number_at("process.parameters." + name).value_or(1);
  }
  for (const std::string& name : document.names_in("process.definitions"))
    taken.claim(name, "a definition", document.place_of_key("process.definitions", name));
  if (!good) return std::nullopt;
  Definitions(document, names.scope).read();
  return names;
}

}  // namespace fpk::io::reader
