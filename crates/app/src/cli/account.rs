//! `tongket account`: accounts from the office's own machine, above all the first one.

use std::io::{BufRead, IsTerminal};

use clap::{Args, Subcommand};
use serde_json::json;

use super::{Globals, Output};
use crate::{
    identity::{
        Role,
        operations::{self, NewAccount, tokens},
    },
    platform::{Context, Error, Result, secrets},
};

#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    /// Tạo tài khoản; mật khẩu đọc từ đầu vào chuẩn, hoặc tự sinh và in ra một lần
    Add(Add),
    /// Đặt lại mật khẩu; mật khẩu mới được in ra một lần
    ResetPassword {
        /// Tên đăng nhập
        user: String,
    },
    /// Tạo mã truy cập để chương trình khác đăng nhập thay tài khoản; mã được in ra một lần
    Token {
        /// Tên đăng nhập
        user: String,
        /// Tên của mã: chương trình nào dùng
        #[arg(long)]
        name: String,
        /// Số ngày dùng được
        #[arg(long, default_value_t = 90, value_name = "N")]
        days: i64,
    },
    /// Thu hồi một mã truy cập
    RevokeToken {
        /// Tên đăng nhập
        user: String,
        /// Số của mã, như trang Tài khoản của tôi ghi
        id: String,
    },
}

#[derive(Debug, Args)]
pub(super) struct Add {
    /// Tên đăng nhập
    user: String,
    /// Họ và tên
    #[arg(long)]
    name: String,
    /// Vai trò: administrator, officer, leader, principal, clerk, editor, reader
    #[arg(long, value_parser = Role::ALL.map(Role::as_str))]
    role: String,
    /// Mã đơn vị nơi giữ vai trò
    #[arg(long)]
    unit: String,
    /// Thư điện tử
    #[arg(long, default_value = "")]
    email: String,
    /// Đọc mật khẩu từ một dòng của đầu vào chuẩn
    #[arg(long)]
    password_stdin: bool,
}

pub(super) async fn run(globals: &Globals, verb: &Verb) -> Result<Output> {
    match verb {
        Verb::Add(add) => self::add(globals, add).await,
        Verb::ResetPassword { user } => {
            let office = globals.open().await?;
            let password = secrets::password()?;
            operations::set_password(&office, &Context::command_line(), user, &password).await?;
            Ok(shown(user, &password))
        }
        Verb::Token { user, name, days } => {
            let office = globals.open().await?;
            let token = tokens::create_token(&office, &Context::command_line(), user, name, *days).await?;
            let text = format!("Mã truy cập của {user} (chỉ hiện một lần), dùng được {days} ngày:\n{token}");
            Ok(Output::new(json!({ "user": user, "name": name, "days": days, "token": token }), text))
        }
        Verb::RevokeToken { user, id } => {
            let office = globals.open().await?;
            tokens::revoke_token(&office, &Context::command_line(), user, id).await?;
            Ok(Output::new(json!({ "user": user, "revoked": id }), format!("Đã thu hồi mã truy cập {id}.")))
        }
    }
}

async fn add(globals: &Globals, add: &Add) -> Result<Output> {
    let office = globals.open().await?;
    let role = Role::parse(&add.role).ok_or_else(|| Error::inside("an unknown role passed the command line"))?;
    let typed = if add.password_stdin { Some(read_password()?) } else { None };
    let password = match &typed {
        Some(typed) => typed.clone(),
        None => secrets::password()?,
    };
    let account = NewAccount {
        user_name: add.user.clone(),
        name: add.name.clone(),
        email: add.email.clone(),
        password: password.clone(),
        roles: vec![(role, add.unit.clone())],
    };
    operations::create_account(&office, &Context::command_line(), &account).await?;
    if typed.is_some() {
        return Ok(Output::new(json!({ "user": add.user }), format!("Đã tạo tài khoản {}.", add.user)));
    }
    Ok(shown(&add.user, &password))
}

fn shown(user: &str, password: &str) -> Output {
    Output::new(
        json!({ "user": user, "password": password }),
        format!("Tài khoản {user}, mật khẩu (chỉ hiện một lần): {password}"),
    )
}

fn read_password() -> Result<String> {
    let input = std::io::stdin();
    if input.is_terminal() {
        eprint!("Mật khẩu: ");
    }
    let mut line = String::new();
    input.lock().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
