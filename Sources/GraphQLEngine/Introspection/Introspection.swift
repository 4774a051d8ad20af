import OrderedCollections

/// The resolvers of the introspection types (GraphQL §4).
enum Introspection {
  static func rootResolvers<Context: Sendable>(_ schema: Schema) -> [String: FieldResolver<Context>] {
    var table = FieldTable<Void, Context>()
    table.field("__schema") { _ in SchemaView(schema: schema) }
    table.field("__type") { _, request in
      let name = try request.arguments.string("name")
      return schema.types[name].map { TypeView(.named($0.name), schema) }
    }
    return table.resolvers
  }

  static func resolvers<Context: Sendable>(_ schema: Schema) -> ResolverTable<Context> {
    var table = ResolverTable<Context>()
    table.type("__Schema", of: SchemaView.self) { type in
      type.field("description") { $0.schema.description }
      type.field("types") { $0.types }
      type.field("queryType") { $0.root(.query) }
      type.field("mutationType") { $0.root(.mutation) }
      type.field("subscriptionType") { $0.root(.subscription) }
      type.field("directives") { view in
        view.schema.directives.values.map { DirectiveView(directive: $0, schema: view.schema) }
      }
    }
    addTypes(to: &table)
    table.type("__Field", of: FieldView.self) { type in
      type.field("name") { $0.field.name }
      type.field("description") { $0.field.description }
      type.field("args") { view, request in
        InputValueView.list(view.field.arguments, view.schema, deprecated: includesDeprecated(request))
      }
      type.field("type") { TypeView($0.field.type, $0.schema) }
      type.field("isDeprecated") { $0.field.deprecationReason != nil }
      type.field("deprecationReason") { $0.field.deprecationReason }
    }
    table.type("__InputValue", of: InputValueView.self) { type in
      type.field("name") { $0.input.name }
      type.field("description") { $0.input.description }
      type.field("type") { TypeView($0.input.type, $0.schema) }
      type.field("defaultValue") { $0.input.defaultValue?.printed }
      type.field("isDeprecated") { $0.input.deprecationReason != nil }
      type.field("deprecationReason") { $0.input.deprecationReason }
    }
    table.type("__EnumValue", of: EnumValueDefinition.self) { type in
      type.field("name") { $0.name }
      type.field("description") { $0.description }
      type.field("isDeprecated") { $0.deprecationReason != nil }
      type.field("deprecationReason") { $0.deprecationReason }
    }
    table.type("__Directive", of: DirectiveView.self) { type in
      type.field("name") { $0.directive.name }
      type.field("description") { $0.directive.description }
      type.field("isRepeatable") { $0.directive.isRepeatable }
      type.field("locations") { $0.directive.locations.map { GraphQLValue.enumValue($0.rawValue) } }
      type.field("args") { view, request in
        InputValueView.list(view.directive.arguments, view.schema, deprecated: includesDeprecated(request))
      }
    }
    return table
  }

  private static func addTypes<Context: Sendable>(to table: inout ResolverTable<Context>) {
    table.type("__Type", of: TypeView.self) { type in
      type.field("kind") { $0.kind }
      type.field("name") { $0.named?.name }
      type.field("description") { $0.named?.description }
      type.field("specifiedByURL") { $0.named?.specifiedByURL }
      type.field("fields") { view, request in view.fields(deprecated: includesDeprecated(request)) }
      type.field("interfaces") { $0.interfaces }
      type.field("possibleTypes") { $0.possibleTypes }
      type.field("enumValues") { view, request in view.values(deprecated: includesDeprecated(request)) }
      type.field("inputFields") { view, request in view.inputFields(deprecated: includesDeprecated(request))
      }
      type.field("ofType") { $0.wrapped }
      type.field("isOneOf") { $0.isOneOf }
    }
  }

  private static func includesDeprecated<Context>(_ request: FieldRequest<Context>) -> Bool {
    request.arguments.optionalBool("includeDeprecated") ?? false
  }
}
